package io.searchloop.app.bench.publishing;

import io.searchloop.app.bench.training.TrainerPlan;
import io.searchloop.trainer.network.Compute;
import java.util.List;

/**
 * How the way of a release is measured.
 *
 * @param servedSize network of the releases that are published and served
 * @param rounds keyframes, and as many deltas, that are published and served
 * @param trainedSize network whose training releases are counted in bytes
 * @param learningRates of that training
 * @param releases training releases at each learning rate
 * @param updates GRPO updates between two of them
 * @param groups groups of a minibatch
 * @param pastReleases manifests that a worker reads when it starts late
 * @param threads threads of a tensor operation
 * @param seed of weights and texts
 */
public record PublishPlan(
    String servedSize,
    int rounds,
    String trainedSize,
    List<Double> learningRates,
    int releases,
    int updates,
    int groups,
    int pastReleases,
    int threads,
    long seed) {
  public PublishPlan {
    learningRates = List.copyOf(learningRates);
    if (rounds < 1 || releases < 1 || updates < 1 || pastReleases < 1) {
      throw new IllegalArgumentException(
          "rounds %d, releases %d, updates %d, past releases %d; expected one at least of each"
              .formatted(rounds, releases, updates, pastReleases));
    }
  }

  /** Shows that everything works, not how fast. */
  public static PublishPlan quick(int threads, long seed) {
    return new PublishPlan("300k", 2, "300k", List.of(1e-6, 1e-5), 3, 1, 4, 50, threads, seed);
  }

  /** Measures: 25 million weights are 100 MB. */
  public static PublishPlan full(
      String servedSize, int rounds, String trainedSize, int releases, int threads, long seed) {
    return new PublishPlan(
        servedSize,
        rounds,
        trainedSize,
        List.of(1e-6, 1e-5),
        releases,
        8,
        32,
        5_000,
        threads,
        seed);
  }

  /** The plan of a trainer of a size. */
  TrainerPlan trainer(String size) {
    return new TrainerPlan(List.of(size), 1, 5, 5, groups, threads, Compute.DEFAULT, 1, seed);
  }
}
