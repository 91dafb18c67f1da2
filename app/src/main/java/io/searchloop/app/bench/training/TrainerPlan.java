package io.searchloop.app.bench.training;

import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.NetworkSize;
import java.util.List;
import java.util.Map;

/**
 * What the trainer is measured with.
 *
 * @param sizes networks by their number of parameters
 * @param rounds how often each loss takes a step at each size; the largest size takes half as many
 * @param memorySteps steps over which memory is watched at the smallest size
 * @param memorySamples how often it is read
 * @param groups groups of a GRPO minibatch; each has {@link #MEMBERS} rollouts
 * @param threads threads of a tensor operation
 * @param compute precision, and whether layers are computed again for the gradient
 * @param gemmMillis how long the matrix product is timed before each step
 * @param seed seed of weights and texts
 */
public record TrainerPlan(
    List<String> sizes,
    int rounds,
    int memorySteps,
    int memorySamples,
    int groups,
    int threads,
    Compute compute,
    int gemmMillis,
    long seed) {
  /** Rollouts of a group, N of the learning specification. */
  public static final int MEMBERS = 4;

  /** Longest prompt, in tokens. */
  public static final int MAX_PROMPT = 24;

  /** Longest answer, in tokens. */
  public static final int MAX_ANSWER = 12;

  /** Tokens of the tokenizer that usually goes with a size: the demo's, a small one, Llama's. */
  private static final Map<String, Integer> VOCABULARIES =
      Map.of("1m", 2048, "10m", 8192, "100m", 32_000);

  private static final int OTHER_VOCABULARY = 8192;

  public TrainerPlan {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || rounds < 1 || threads < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "sizes %s, rounds %d, threads %d, groups %d; expected one at least of each"
              .formatted(sizes, rounds, threads, groups));
    }
    if (memorySamples < 5 || memorySteps < memorySamples) {
      throw new IllegalArgumentException(
          "memory-steps is %d, expected %d at least: memory is read so often, and that five times or more."
              .formatted(memorySteps, Math.max(5, memorySamples)));
    }
  }

  /** Shows that everything works, not how fast. */
  public static TrainerPlan quick(int threads, Compute compute, long seed) {
    return new TrainerPlan(List.of("300k"), 2, 30, 10, 4, threads, compute, 5, seed);
  }

  /** Measures. */
  public static TrainerPlan full(
      List<String> sizes, int rounds, int memorySteps, int threads, Compute compute, long seed) {
    return new TrainerPlan(sizes, rounds, memorySteps, 100, 32, threads, compute, 200, seed);
  }

  /** The demo's network for its size, else one in the usual proportions. */
  public NetworkConfig network(String size) {
    if (size.equals("1m")) {
      return NetworkConfig.demo();
    }
    int vocabulary = size.endsWith("k") ? 512 : VOCABULARIES.getOrDefault(size, OTHER_VOCABULARY);
    return NetworkSize.parse(size).shape(vocabulary, MAX_PROMPT + MAX_ANSWER);
  }

  /** Rounds at a size: a step of the last takes as long as many of the first. */
  int rounds(String size) {
    boolean largest = sizes.indexOf(size) == sizes.size() - 1;
    return largest ? Math.max(1, rounds / 2) : rounds;
  }
}
