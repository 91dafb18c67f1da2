package io.searchloop.trainer.huggingface;

import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.network.PolicyNetwork;

/**
 * A language model ready to become a policy. Whoever holds it owns the network and closes it.
 *
 * @param network trainable; its tokens are the tokenizer's
 * @param tokenizer of the policy and all releases that follow
 */
public record PretrainedPolicy(PolicyNetwork network, Tokenizer tokenizer)
    implements AutoCloseable {

  public PretrainedPolicy {
    if (network.config().vocabularySize() != tokenizer.vocabularySize()) {
      throw new IllegalArgumentException(
          "pretrained policy: network of %d tokens, tokenizer of %d; expected equally many"
              .formatted(network.config().vocabularySize(), tokenizer.vocabularySize()));
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
