package io.searchloop.app.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What shoppers did so far.
 *
 * @param sessions visitors who came
 * @param robots of them, those that are no shoppers
 * @param skippedSessions visitors turned away because too many were waiting for the shop
 * @param searches searches that were answered
 * @param failedSearches searches that were not
 * @param plannedEvents events that follow from the searches, some of them still to come
 * @param duplicates events planned to be delivered once more
 * @param failedSends batches that were not taken
 * @param droppedEvents events given up
 * @param sentByAction delivered events by action name, duplicates included
 */
public record PopulationCounts(
    long sessions,
    long robots,
    long skippedSessions,
    long searches,
    long failedSearches,
    long plannedEvents,
    long duplicates,
    long failedSends,
    long droppedEvents,
    Map<String, Long> sentByAction) {
  public PopulationCounts {
    sentByAction = Collections.unmodifiableMap(new LinkedHashMap<>(sentByAction));
  }

  /** Delivered events, duplicates included. */
  public long sentEvents() {
    return sentByAction.values().stream().mapToLong(Long::longValue).sum();
  }
}
