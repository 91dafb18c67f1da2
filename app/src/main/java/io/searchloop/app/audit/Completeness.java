package io.searchloop.app.audit;

import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.event.ClockRule;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * From when on a log whose older records have expired tells everything that decides about a search:
 * what the reward job may still have remembered of before must be over.
 *
 * @param takenSince Kafka's time from which no record is missing, epoch milliseconds; the least
 *     long when nothing has expired
 * @param decidedSince event time from which searches can be computed again; likewise
 */
record Completeness(long takenSince, long decidedSince) {
  /** Nothing has expired. */
  static final Completeness WHOLE = new Completeness(Long.MIN_VALUE, Long.MIN_VALUE);

  /**
   * @param takenSince as {@code TopicLog.completeSince} says of all topics; empty for whole ones
   * @param configs every configuration that was in force
   */
  static Completeness of(OptionalLong takenSince, List<RewardConfig> configs) {
    if (takenSince.isEmpty()) {
      return WHOLE;
    }
    long memory = configs.stream().mapToLong(Completeness::memoryMs).max().orElse(0);
    long since = takenSince.getAsLong();
    return new Completeness(since, saturated(since, ClockRule.MAX_CLOCK_LEAD.toMillis() + memory));
  }

  boolean whole() {
    return takenSince == Long.MIN_VALUE;
  }

  /** How long the job remembers anything of a visitor. */
  private static long memoryMs(RewardConfig config) {
    boolean judges =
        config.getMaxEventsPerMinute() > 0
            || config.getDwellClicks() > 0
            || config.getClickAllProducts() > 0;
    boolean caps = config.getVisitorCap() > 0 || config.getVisitorMaxSearches() > 0;
    return config.getLongWindowMs()
        + Duration.ofMinutes(1).toMillis()
        + (judges ? config.getQuarantineMs() : 0)
        + (caps ? config.getCapWindowMs() : 0);
  }

  private static long saturated(long time, long later) {
    return time > Long.MAX_VALUE - later ? Long.MAX_VALUE : time + later;
  }
}
