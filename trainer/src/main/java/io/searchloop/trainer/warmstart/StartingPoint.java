package io.searchloop.trainer.warmstart;

import io.searchloop.trainer.huggingface.PretrainedPolicy;

/** Weights and vocabulary that a warm start begins with. */
@FunctionalInterface
public interface StartingPoint {
  /**
   * Makes them; the caller closes the network.
   *
   * @param config shape, precision and seed
   * @param training texts that the warm start will learn from
   */
  PretrainedPolicy create(WarmStartConfig config, WarmStartText training);
}
