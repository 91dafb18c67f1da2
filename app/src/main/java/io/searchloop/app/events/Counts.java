package io.searchloop.app.events;

import java.util.Map;
import java.util.TreeMap;

/** Counts by name, with a bound: names come from files, and a file may hold any number of them. */
final class Counts {
  private static final int MAX_NAMES = 50;
  private static final String OTHERS = "others";

  private final Map<String, Long> counts = new TreeMap<>();

  void add(String name) {
    boolean known = counts.containsKey(name) || counts.size() < MAX_NAMES;
    counts.merge(known ? name : OTHERS, 1L, Long::sum);
  }

  Map<String, Long> toMap() {
    return new TreeMap<>(counts);
  }
}
