package io.searchloop.learning.oracle;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A growing quantity of one visitor, asked for how much of it fell into a tumbling window. It keeps
 * every instant, so windows may change their length: a window holds what happened in it, whatever
 * the configuration was then. With 5 at 90 ms and 3 at 110 ms, at 120 ms a window of 100 ms holds 3
 * and one of 1000 ms holds 8.
 */
final class WindowCount {
  private final NavigableMap<Long, Long> totalUpTo = new TreeMap<>();
  private long total;

  /** Times never fall from call to call. */
  void add(long time, long amount) {
    total += amount;
    totalUpTo.put(time, total);
  }

  /** Amount so far in the window that holds the instant. */
  long inWindowOf(long time, long windowMs) {
    long start = Math.floorDiv(time, windowMs) * windowMs;
    Map.Entry<Long, Long> before = totalUpTo.lowerEntry(start);
    return before == null ? total : total - before.getValue();
  }
}
