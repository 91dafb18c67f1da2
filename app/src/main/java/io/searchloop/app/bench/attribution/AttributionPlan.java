package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.TrafficShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param contenders who takes part
 * @param warmUpRounds how often all contenders run before anything counts
 * @param rounds how often everything is measured
 * @param openImpressions how many impressions are open, one size after another
 * @param comparedAt the size at which all contenders run
 * @param searches searches of each backlog after its state is full
 * @param shortWindow W1
 * @param longWindow W2
 * @param checkpointInterval interval of checkpoints
 * @param parallelism subtasks of every operator that may have several
 * @param heap heap of each process with Flink, as {@code -Xmx} takes it
 * @param rocksdbMemoryMb memory of RocksDB
 * @param seed seed of the traffic
 * @param profile folder of flight recordings; null for none
 */
public record AttributionPlan(
    List<Contender> contenders,
    int warmUpRounds,
    int rounds,
    List<Long> openImpressions,
    long comparedAt,
    long searches,
    Duration shortWindow,
    Duration longWindow,
    Duration checkpointInterval,
    int parallelism,
    String heap,
    int rocksdbMemoryMb,
    long seed,
    @Nullable Path profile) {

  private static final long USUAL = 100_000;

  public AttributionPlan {
    contenders = List.copyOf(contenders);
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
   * @param contenders who takes part
   * @param warmUpRounds rounds before; each of the first runs is faster than the one before, so
   *     long is the compiler busy
   * @param openImpressions sizes; all contenders run at 100,000 or else at the first
   */
  public static AttributionPlan full(
      List<Contender> contenders,
      int warmUpRounds,
      int rounds,
      List<Long> openImpressions,
      long searches,
      Duration checkpointInterval,
      String heap,
      long seed,
      @Nullable Path profile) {
    return new AttributionPlan(
        contenders,
        warmUpRounds,
        rounds,
        openImpressions,
        openImpressions.contains(USUAL) ? USUAL : openImpressions.get(0),
        searches,
        Duration.ofSeconds(2),
        Duration.ofSeconds(500),
        checkpointInterval,
        2,
        heap,
        512,
        seed,
        profile);
  }

  /** Shows that all parts work; its times say nothing. */
  public static AttributionPlan quick(long seed, @Nullable Path profile) {
    return new AttributionPlan(
        List.of(Contender.values()),
        0,
        1,
        List.of(500L, 1_500L),
        500,
        4_000,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        2,
        "768m",
        64,
        seed,
        profile);
  }

  long mostOpen() {
    return openImpressions.stream().reduce(comparedAt, Math::max);
  }

  TrafficShape shape(long open) {
    return TrafficShape.keepingOpen(open, searches, shortWindow, longWindow, seed);
  }
}
