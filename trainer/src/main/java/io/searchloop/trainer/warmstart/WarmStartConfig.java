package io.searchloop.trainer.warmstart;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * How the first policy is trained, keys {@code trainer.warm-start.*}. The defaults are the demo's.
 *
 * @param budget training time; the learning rate reaches zero with it
 * @param steps training steps instead of a time budget; 0 for the budget
 * @param vocabulary tokens of the tokenizer
 * @param width features of a position
 * @param layers decoder layers
 * @param heads attention heads
 * @param hidden features inside the feed-forward block
 * @param maxPrompt longest prompt in tokens
 * @param maxRewrite longest rewrite in tokens, end token included
 * @param batch sequences of a step
 * @param learningRate peak learning rate, reached after warm-up, then a cosine
 * @param threads threads of a tensor operation
 * @param seed seed of weights and pairs
 */
public record WarmStartConfig(
    @Setting(value = "PT90S", help = "training time") Duration budget,
    @Setting(value = "0", help = "training steps instead of a time budget; 0 for the budget")
        int steps,
    @Setting(value = "2048", help = "tokens of the tokenizer") int vocabulary,
    @Setting(value = "128", help = "features of a position") int width,
    @Setting(value = "4", help = "decoder layers") int layers,
    @Setting(value = "4", help = "attention heads") int heads,
    @Setting(value = "352", help = "features inside the feed-forward block") int hidden,
    @Setting(value = "32", help = "longest prompt in tokens") int maxPrompt,
    @Setting(value = "16", help = "longest rewrite in tokens, end token included") int maxRewrite,
    @Setting(value = "32", help = "sequences of a step") int batch,
    @Setting(value = "0.002", help = "peak learning rate") double learningRate,
    @Setting(value = "1", help = "threads of a tensor operation") int threads,
    @Setting(value = "1", help = "seed of weights and pairs") long seed) {
  public WarmStartConfig {
    if (steps < 0 || (steps == 0 && (budget.isNegative() || budget.isZero()))) {
      throw new IllegalArgumentException(
          "steps " + steps + " with budget " + budget + ", expected one of them above zero");
    }
    if (batch < 1 || !(learningRate > 0) || threads < 1) {
      throw new IllegalArgumentException(
          "batch "
              + batch
              + ", learning-rate "
              + learningRate
              + ", threads "
              + threads
              + "; expected all above zero");
    }
  }
}
