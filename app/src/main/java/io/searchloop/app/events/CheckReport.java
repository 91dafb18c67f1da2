package io.searchloop.app.events;

import java.util.List;
import java.util.Map;

/**
 * What a file holds.
 *
 * @param lines lines read; blank ones are not counted
 * @param usable events of ours, by action
 * @param leftOut events of other formats without a counterpart, by what they are
 * @param bad events that cannot be used, by reason
 * @param firstBad the first of them
 */
public record CheckReport(
    long lines,
    Map<String, Long> usable,
    Map<String, Long> leftOut,
    Map<String, Long> bad,
    List<BadEvent> firstBad) {
  public CheckReport {
    firstBad = List.copyOf(firstBad);
  }

  /** Events that cannot be used. */
  public long badEvents() {
    return sum(bad);
  }

  /** Events of ours. */
  public long usableEvents() {
    return sum(usable);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
