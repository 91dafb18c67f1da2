package io.searchloop.trainer.offline;

import java.util.Map;
import java.util.TreeMap;

/**
 * One step of learning.
 *
 * @param step steps taken, this one included
 * @param figures reward, identity_reward, validity, reference_kl, entropy, ...
 * @param refused why the step changed nothing; empty when it did
 * @param validation figures on held-out queries; empty where they were not measured
 */
public record CurvePoint(
    long step, Map<String, Double> figures, String refused, Map<String, Double> validation) {
  public CurvePoint {
    figures = new TreeMap<>(figures);
    validation = new TreeMap<>(validation);
  }
}
