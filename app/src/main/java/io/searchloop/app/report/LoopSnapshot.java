package io.searchloop.app.report;

import java.time.Duration;
import java.util.Map;

/**
 * The loop at a glance.
 *
 * @param elapsed since shoppers came in
 * @param activeVersion policy version the worker serves; -1 for none
 * @param step its trainer step
 * @param releases versions released so far
 * @param swaps sessions swapped in on the worker
 * @param searches searches shoppers made
 * @param failedSearches searches that got no answer
 * @param fallbacks searches answered with the query as typed, by reason
 * @param events events delivered
 * @param lag events and decisions not yet covered by a checkpoint of RewardJob
 * @param trained minibatches that changed the weights
 * @param learning figures of the last optimiser step
 * @param recent what the arms earned lately
 */
public record LoopSnapshot(
    Duration elapsed,
    long activeVersion,
    long step,
    long releases,
    long swaps,
    long searches,
    long failedSearches,
    Map<String, Long> fallbacks,
    long events,
    long lag,
    long trained,
    Map<String, Double> learning,
    ArmFigures recent) {
  public LoopSnapshot {
    fallbacks = Map.copyOf(fallbacks);
    learning = Map.copyOf(learning);
  }
}
