package io.searchloop.learning.counterfactual;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Values a policy that never ran by the log of one that did, with the interval that says how far to
 * trust it. Exact propensities are assumed; rewards must be final, or as far along for every arm
 * alike.
 *
 * <p>When the log was written by a bandit that was learning, every estimate is still right on
 * average, because each propensity was exact given what was known then; the interval takes searches
 * of different visitors as independent, which is then only nearly so (Hadad et al., PNAS 2021).
 *
 * @param folds of the cross-fitted predictions, at least two; five are usual
 * @param resamples of the bootstrap, at least 100; 1,000 are usual
 * @param clip largest weight; infinity, the default, for none
 */
public record OffPolicyEstimator(int folds, int resamples, double clip) {
  /** Five folds, 1,000 resamples, no clipping. */
  public static final OffPolicyEstimator DEFAULT =
      new OffPolicyEstimator(5, 1000, Double.POSITIVE_INFINITY);

  private static final double TAIL = .025;

  public OffPolicyEstimator {
    if (folds < 2 || resamples < 100 || !(clip > 0)) {
      throw new IllegalArgumentException(
          "Found %d folds, %d resamples, clip %s, expected at least 2 and 100, and above 0."
              .formatted(folds, resamples, clip));
    }
  }

  /**
   * Values the target policy of a log.
   *
   * @param log searches whose target is one policy, at least one
   * @param random draws the visitors of the bootstrap; seed it and report the seed
   */
  public PolicyValue value(List<LoggedChoice> log, Estimator estimator, RandomGenerator random) {
    if (log.isEmpty()) {
      throw new IllegalArgumentException("The log has no search, expected one at least.");
    }
    CrossFittedOutcomes outcomes = new CrossFittedOutcomes(log, folds);
    VisitorSums sums = new VisitorSums();
    Weights weights = new Weights();
    for (LoggedChoice choice : log) {
      double weight = weights.add(choice.weight(), clip);
      sums.add(choice.visitor(), estimator.term(choice, weight, outcomes.of(choice)));
    }
    double[] resampled = sums.resampled(resamples, random);
    return new PolicyValue(
        estimator,
        sums.value(),
        quantile(resampled, TAIL),
        quantile(resampled, 1 - TAIL),
        weights.effective(),
        weights.largest,
        weights.clipped,
        log.size(),
        sums.visitors());
  }

  /** Linear between neighbours. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** What is told of the weights. */
  private static final class Weights {
    private double sum;
    private double squares;
    private double largest;
    private long clipped;

    /** The weight as it is used. */
    double add(double weight, double clip) {
      double used = Math.min(weight, clip);
      clipped += weight > clip ? 1 : 0;
      sum += used;
      squares += used * used;
      largest = Math.max(largest, used);
      return used;
    }

    double effective() {
      return squares == 0 ? 0 : sum * sum / squares;
    }
  }
}
