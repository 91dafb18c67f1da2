package io.searchloop.trainer.warmstart;

import io.searchloop.schemas.config.Setting;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.NetworkSize;
import io.searchloop.trainer.network.Precision;
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
 * @param size parameters of the network, such as 10m; then width, layers, heads and hidden follow
 *     from it. Empty to set them apart
 * @param schedule what follows the warm-up of the learning rate
 * @param precision of matrix products; weights and sums stay float32
 * @param microBatchTokens most tokens computed at once; gradients of the parts are added up
 * @param recompute compute a layer again for its gradient instead of keeping it, to save memory
 * @param coClicks share of pairs that lead from a query to another one with the same products,
 *     where a shop has such; they teach synonyms, and to leave what was typed
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
    @Setting(value = "1", help = "seed of weights and pairs") long seed,
    @Setting(value = "", help = "parameters, such as 10m; instead of width, layers, heads, hidden")
        String size,
    @Setting(value = "cosine", help = "constant, linear or cosine after the warm-up")
        LearningRateSchedule.Shape schedule,
    @Setting(value = "fp32", help = "matrix products: fp32 or bf16") Precision precision,
    @Setting(value = "0", help = "most tokens computed at once; 0 for the whole batch")
        int microBatchTokens,
    @Setting(value = "false", help = "compute layers again for the gradient, to save memory")
        boolean recompute,
    @Setting(value = "0.3", help = "share of pairs of queries that led to the same products")
        double coClicks) {
  public WarmStartConfig {
    if (steps < 0 || (steps == 0 && (budget.isNegative() || budget.isZero()))) {
      throw new IllegalArgumentException(
          "steps " + steps + " with budget " + budget + ", expected one of them above zero");
    }
    if (!size.isEmpty()) {
      NetworkSize.parse(size);
    }
    PairMix.DEFAULT.withCoClicks(coClicks);
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

  /** What the miner draws. */
  PairMix mix() {
    return PairMix.DEFAULT.withCoClicks(coClicks);
  }

  /**
   * The network's shape.
   *
   * @param tokens of the tokenizer: an id without a piece could be sampled, but never be text
   */
  NetworkConfig network(int tokens) {
    int positions = maxPrompt + maxRewrite;
    return size.isEmpty()
        ? new NetworkConfig(tokens, width, layers, heads, heads, hidden, positions, 10_000, 1e-5)
        : NetworkSize.parse(size).shape(tokens, positions);
  }

  /** How the network computes. */
  Compute compute() {
    return new Compute(precision, recompute);
  }
}
