package io.searchloop.app.bench.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * One click on its way to the policy that learned from it.
 *
 * @param stages how long each stage took; together the whole way, to the millisecond
 */
record FreshnessJourney(Map<FreshnessStage, Duration> stages) {

  /**
   * A way through moments, one the end of each stage. A stage that ended before the one before it
   * took no time of its own: an operator may have committed early, and a reader polls.
   */
  static FreshnessJourney through(Instant click, Instant... ends) {
    FreshnessStage[] all = FreshnessStage.values();
    if (ends.length != all.length) {
      throw new IllegalArgumentException(
          "%d ends of stages, expected %d.".formatted(ends.length, all.length));
    }
    Map<FreshnessStage, Duration> stages = new EnumMap<>(FreshnessStage.class);
    Instant from = click;
    for (FreshnessStage stage : all) {
      Instant end = ends[stage.ordinal()].isBefore(from) ? from : ends[stage.ordinal()];
      stages.put(stage, Duration.between(from, end));
      from = end;
    }
    return new FreshnessJourney(stages);
  }

  /** The whole way. */
  Duration total() {
    return sum(false);
  }

  /** What the machinery took of it. */
  Duration machinery() {
    return sum(true);
  }

  private Duration sum(boolean countedOnly) {
    return stages.entrySet().stream()
        .filter(entry -> !countedOnly || entry.getKey().counted())
        .map(Map.Entry::getValue)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
