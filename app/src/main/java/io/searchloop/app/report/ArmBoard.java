package io.searchloop.app.report;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up reward tuples by search: base tuple plus corrections. All arms are seen over the same
 * period, so a late purchase is missing from each alike. Thread-safe.
 */
public final class ArmBoard {
  private final Map<String, Search> searches = new HashMap<>();
  private final LongSummaryStatistics impressions = new LongSummaryStatistics();

  private static final class Search {
    final Arm arm;
    final long impressionMs;
    double reward;

    Search(Arm arm, long impressionMs) {
      this.arm = arm;
      this.impressionMs = impressionMs;
    }
  }

  /**
   * Takes a tuple in. Those of fall-backs belong to no arm and are left out, and so are merged
   * pages and engine rewards: their rollouts were not shown alone.
   */
  public synchronized void add(RewardTuple tuple) {
    arm(tuple.getArm())
        .filter(arm -> shownAlone(tuple))
        .ifPresent(
            arm -> {
              long impressionMs = tuple.getImpressionTime().toEpochMilli();
              searches.computeIfAbsent(tuple.getQueryId(), queryId -> new Search(arm, impressionMs))
                      .reward +=
                  tuple.getReward();
              impressions.accept(impressionMs);
            });
  }

  private static boolean shownAlone(RewardTuple tuple) {
    return tuple.getOrigin() == TupleOrigin.ASSIGNED || tuple.getOrigin() == TupleOrigin.SLATE;
  }

  /** Figures over everything. */
  public synchronized ArmFigures all() {
    return between(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Figures of searches shown since an instant. */
  public synchronized ArmFigures since(Instant start) {
    return between(start.toEpochMilli(), Long.MAX_VALUE);
  }

  /** Figures of the last third of the period from the given start to the last impression. */
  public synchronized ArmFigures lastThird(Instant start) {
    long from = Math.max(start.toEpochMilli(), impressions.getMin());
    return between(from + (impressions.getMax() - from) * 2 / 3, Long.MAX_VALUE);
  }

  private ArmFigures between(long fromMs, long toMs) {
    Map<Arm, double[]> rewards = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      rewards.put(
          arm,
          searches.values().stream()
              .filter(s -> s.arm == arm && s.impressionMs >= fromMs && s.impressionMs <= toMs)
              .mapToDouble(s -> s.reward)
              .toArray());
    }
    return ArmFigures.of(rewards);
  }

  private static Optional<Arm> arm(String label) {
    for (Arm arm : Arm.values()) {
      if (arm.label().equals(label)) {
        return Optional.of(arm);
      }
    }
    return Optional.empty();
  }
}
