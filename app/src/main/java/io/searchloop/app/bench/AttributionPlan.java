package io.searchloop.app.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param warmUpRounds how often all contenders run before anything counts
 * @param rounds how often everything is measured
 * @param openImpressions how many impressions are open, one size after another
 * @param comparedAt the size at which all contenders run
 * @param searches searches of each backlog after its state is full
 * @param searchesPerSecond searches in a second of event time
 * @param shortWindow W1
 * @param checkpointInterval interval of checkpoints
 * @param parallelism subtasks of every operator that may have several
 * @param heap heap of each process with Flink, as {@code -Xmx} takes it
 * @param rocksdbMemoryMb memory of RocksDB
 * @param seed seed of the traffic
 * @param profile folder of flight recordings; null for none
 */
public record AttributionPlan(
    int warmUpRounds,
    int rounds,
    List<Long> openImpressions,
    long comparedAt,
    long searches,
    int searchesPerSecond,
    Duration shortWindow,
    Duration checkpointInterval,
    int parallelism,
    String heap,
    int rocksdbMemoryMb,
    long seed,
    @Nullable Path profile) {

  private static final long USUAL = 100_000;

  /** The compiler is busy for so long: each of the first runs is faster than the one before. */
  private static final int WARM_UP_ROUNDS = 5;

  public AttributionPlan {
    openImpressions = List.copyOf(openImpressions);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + ", expected at least 1");
    }
    if (!openImpressions.contains(comparedAt)) {
      throw new IllegalArgumentException(
          "Contenders are to be compared at %d open impressions, expected one of %s."
              .formatted(comparedAt, openImpressions));
    }
  }

  /**
   * As the acceptance of the issue asks, unless told otherwise: some twenty minutes on two cores.
   *
   * @param openImpressions sizes; all contenders run at 100,000 or else at the first
   */
  public static AttributionPlan full(
      int rounds,
      List<Long> openImpressions,
      long searches,
      String heap,
      long seed,
      @Nullable Path profile) {
    return new AttributionPlan(
        WARM_UP_ROUNDS,
        rounds,
        openImpressions,
        openImpressions.contains(USUAL) ? USUAL : openImpressions.get(0),
        searches,
        2_000,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        2,
        heap,
        512,
        seed,
        profile);
  }

  /** Shows that all parts work; its times say nothing. */
  public static AttributionPlan quick(long seed, @Nullable Path profile) {
    return new AttributionPlan(
        1,
        1,
        List.of(500L, 1_500L),
        500,
        4_000,
        100,
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        2,
        "768m",
        64,
        seed,
        profile);
  }

  TrafficShape shape(long open) {
    return TrafficShape.keepingOpen(open, searches, searchesPerSecond, shortWindow, seed);
  }
}
