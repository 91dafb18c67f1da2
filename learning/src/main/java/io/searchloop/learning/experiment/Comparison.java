package io.searchloop.learning.experiment;

/**
 * How much a candidate differs from the control that was served beside it. Visitors are compared
 * within strata, short stretches of time with one assignment share, and never across them: what
 * changes with the hour, or with the share, cancels out (Mantel and Haenszel, 1959).
 *
 * <pre>
 *   w_b        = n_control n_candidate / (n_control + n_candidate)
 *   difference = sum_b w_b (mean_candidate,b - mean_control,b) / sum_b w_b
 *   variance   = sigma^2 / sum_b w_b,   sigma^2 = max(var_control, var_candidate) over all strata
 * </pre>
 *
 * <p>So the total weight takes the place of a sample size. The variance is that of all strata, not
 * of each: a stratum with ten visitors knows its mean and its variance from the same few purchases,
 * and a low mean would then seem certain. The larger arm's variance errs on the side of doubt.
 *
 * <p>Example: strata with 98 and 2, and 50 and 50 visitors, weigh 1.96 and 25.
 *
 * @param control values of the control
 * @param candidate values of the candidate
 * @param weight sum of w_b
 * @param weightedSum sum of w_b times the difference of the means
 */
public record Comparison(Moments control, Moments candidate, double weight, double weightedSum) {
  /** Of nothing. */
  public static final Comparison NONE = new Comparison(Moments.NONE, Moments.NONE, 0, 0);

  /** With one more stratum; one that lacks an arm compares nothing and is left out. */
  Comparison plus(Moments stratumControl, Moments stratumCandidate) {
    if (stratumControl.count() == 0 || stratumCandidate.count() == 0) {
      return this;
    }
    double both = stratumControl.count() + stratumCandidate.count();
    double added = stratumControl.count() * stratumCandidate.count() / both;
    return new Comparison(
        control.plus(stratumControl),
        candidate.plus(stratumCandidate),
        weight + added,
        weightedSum + added * (stratumCandidate.mean() - stratumControl.mean()));
  }

  /** Candidate minus control; 0 before the first stratum. */
  public double difference() {
    return weight == 0 ? 0 : weightedSum / weight;
  }

  /** Standard deviation of one visitor's value. */
  public double sigma() {
    return Math.sqrt(Math.max(control.variance(), candidate.variance()));
  }
}
