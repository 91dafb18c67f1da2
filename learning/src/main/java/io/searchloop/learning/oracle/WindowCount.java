package io.searchloop.learning.oracle;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A growing quantity of one visitor, asked for how much of it has come since an instant. With 5 at
 * 90 ms and 3 at 110 ms, there are 3 since 100 ms and 8 since 90 ms.
 */
final class WindowCount {
  private final NavigableMap<Long, Long> totalUpTo = new TreeMap<>();
  private long total;

  /** Times never fall from call to call. */
  void add(long time, long amount) {
    total += amount;
    totalUpTo.put(time, total);
  }

  /** Amount added at an instant or later. */
  long since(long start) {
    Map.Entry<Long, Long> before = totalUpTo.lowerEntry(start);
    return before == null ? total : total - before.getValue();
  }
}
