package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.huggingface.PretrainedPolicy;
import io.searchloop.trainer.network.PolicyNetwork;

/**
 * Drawn weights under a vocabulary that is there already: a student speaks its teacher's.
 *
 * @param tokenizer of both
 */
public record TaughtVocabulary(Tokenizer tokenizer) implements StartingPoint {

  @Override
  public PretrainedPolicy create(WarmStartConfig config, WarmStartText training) {
    return new PretrainedPolicy(
        PolicyNetwork.initialise(
            config.network(tokenizer.vocabularySize()), config.compute(), config.seed()),
        tokenizer);
  }
}
