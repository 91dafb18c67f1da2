package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of a {@link Population}; any thread adds, {@link #snapshot} reads. */
final class Tally {
  final LongAdder sessions = new LongAdder();
  final LongAdder robots = new LongAdder();
  final LongAdder skippedSessions = new LongAdder();
  final LongAdder searches = new LongAdder();
  final LongAdder failedSearches = new LongAdder();
  final LongAdder planned = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder failedSends = new LongAdder();
  final LongAdder dropped = new LongAdder();
  private final Map<String, LongAdder> sentByAction = new ConcurrentHashMap<>();

  void sent(List<SearchEvent> events) {
    for (SearchEvent event : events) {
      sentByAction.computeIfAbsent(event.getActionName(), action -> new LongAdder()).increment();
    }
  }

  PopulationCounts snapshot() {
    Map<String, Long> sent = new TreeMap<>();
    sentByAction.forEach((action, count) -> sent.put(action, count.sum()));
    return new PopulationCounts(
        sessions.sum(),
        robots.sum(),
        skippedSessions.sum(),
        searches.sum(),
        failedSearches.sum(),
        planned.sum(),
        duplicates.sum(),
        failedSends.sum(),
        dropped.sum(),
        sent);
  }
}
