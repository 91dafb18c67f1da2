package io.searchloop.learning.bandit;

import io.searchloop.learning.distribution.Normal;
import java.util.List;

/**
 * How probable it is that each arm is the best, which is how probable Thompson sampling would draw
 * it (Thompson, Biometrika 1933):
 *
 * <pre>
 *   P(a) = integral of phi_a(x) * product over b != a of Phi_b(x) dx
 * </pre>
 *
 * <p>Computed by the trapezoidal rule instead of drawn, because a propensity that is only estimated
 * spoils every estimate that divides by it. The arm is then drawn from these very numbers, so they
 * are exact propensities, whatever the rule's own error. Example: N(1, .5) and N(0, .5) give Phi(1
 * / sqrt(1)) = .8413 and .1587. Pure functions.
 */
final class BestArm {
  private static final double REACH = 7;
  private static final int STEPS = 70;

  private BestArm() {}

  /**
   * Probabilities in the order of the beliefs, summing to one.
   *
   * @param beliefs of independent means, at least one
   */
  static double[] probabilities(List<Belief> beliefs) {
    double[] probabilities = new double[beliefs.size()];
    double sum = 0;
    for (int arm = 0; arm < probabilities.length; arm++) {
      probabilities[arm] = integral(beliefs, arm);
      sum += probabilities[arm];
    }
    for (int arm = 0; arm < probabilities.length; arm++) {
      probabilities[arm] /= sum;
    }
    return probabilities;
  }

  /** In standard deviations of the arm around its mean. */
  private static double integral(List<Belief> beliefs, int arm) {
    Belief own = beliefs.get(arm);
    double deviation = Math.sqrt(own.variance());
    double total = 0;
    for (int step = 0; step <= STEPS; step++) {
      double z = -REACH + 2 * REACH * step / STEPS;
      total += Math.exp(-z * z / 2) * allBelow(beliefs, arm, own.mean() + deviation * z);
    }
    return total;
  }

  private static double allBelow(List<Belief> beliefs, int except, double x) {
    double product = 1;
    for (int other = 0; other < beliefs.size(); other++) {
      if (other != except) {
        Belief belief = beliefs.get(other);
        product *= Normal.cumulative((x - belief.mean()) / Math.sqrt(belief.variance()));
      }
    }
    return product;
  }
}
