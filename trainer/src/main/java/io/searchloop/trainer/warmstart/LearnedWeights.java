package io.searchloop.trainer.warmstart;

import io.searchloop.trainer.huggingface.PretrainedPolicy;
import io.searchloop.trainer.network.PolicyNetwork;

/**
 * Weights and vocabulary of a policy, copied: supervised learning goes on where it was, under a
 * fresh optimiser. Borrows the policy.
 *
 * @param policy what to go on from; stays as it is
 */
public record LearnedWeights(WarmStart policy) implements StartingPoint {

  @Override
  public PretrainedPolicy create(WarmStartConfig config, WarmStartText training) {
    PolicyNetwork learned = policy.network();
    return new PretrainedPolicy(
        PolicyNetwork.restore(learned.config(), config.compute(), learned.parameters()),
        policy.tokenizer());
  }
}
