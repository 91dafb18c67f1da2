package io.searchloop.trainer.warmstart;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far a warm start has come.
 *
 * @param step training steps so far
 * @param share share of the budget used, up to one
 * @param loss nats per answer token, mean since the last report
 * @param sequencesPerSecond training speed since the start
 * @param heldOut figures on held-out examples; empty where they were not measured
 */
public record WarmStartProgress(
    int step, double share, double loss, double sequencesPerSecond, Map<String, Double> heldOut) {
  public WarmStartProgress {
    heldOut = new TreeMap<>(heldOut);
  }
}
