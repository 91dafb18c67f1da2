package io.searchloop.learning.bandit;

import java.util.List;

/**
 * A search was given an arm, and this is how probable each arm was: all that estimating another
 * policy from the log needs. Log it with the decision.
 *
 * @param decision id of the search
 * @param context what the choice was made by
 * @param arm index of the arm
 * @param propensities probability of each arm at that moment, summing to one; 0 for one that was
 *     not available
 */
public record ArmChoice(String decision, Context context, int arm, List<Double> propensities) {
  private static final double TOLERANCE = 1e-9;

  public ArmChoice {
    propensities = List.copyOf(propensities);
    double sum = propensities.stream().mapToDouble(Double::doubleValue).sum();
    if (arm < 0
        || arm >= propensities.size()
        || !(propensities.get(arm) > 0)
        || Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          "Decision %s chose arm %d with propensities %s, expected an arm of them above 0 and a sum of 1."
              .formatted(decision, arm, propensities));
    }
  }

  /** How probable the arm was that was chosen. */
  public double propensity() {
    return propensities.get(arm);
  }
}
