package io.searchloop.app.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by name, in the order the names first occurred. One thread. */
final class Tally {
  private final Map<String, Long> counts = new LinkedHashMap<>();

  void add(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
