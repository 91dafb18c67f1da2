package io.searchloop.learning.experiment;

/**
 * How far an estimate may stray from the truth at any time at all, with probability 1 - alpha: who
 * looks after every visitor may stop whenever the bound allows it, which no fixed-sample interval
 * permits. One-sided asymptotic confidence sequence by normal mixture (Waudby-Smith, Arbour, Sinha,
 * Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences",
 * Annals of Statistics 2024, section 2 and its one-sided form; the boundary is Robbins', 1970):
 *
 * <pre>
 *   radius(w) = sigma * sqrt( 2 (w rho^2 + 1) / (w^2 rho^2) * ln(1 + sqrt(w rho^2 + 1) / (2 alpha)) )
 *   rho^2     = (-2 ln(2 alpha) + ln(1 - 2 ln(2 alpha))) / plannedWeight
 * </pre>
 *
 * <p>Any rho gives a valid sequence; this one is tightest near {@code plannedWeight}. Example:
 * alpha .01, planned weight 5,000: rho^2 = .0020, and at weight 5,000 the radius is .0475 sigma,
 * where a single look would have .0329.
 *
 * <p>It rests on a central limit theorem: means of few or very skewed values are not normal yet.
 * That is why {@link TrialRules} caps values and waits for a least number of visitors.
 *
 * @param alpha probability of ever straying further, 0 to .25
 * @param plannedWeight weight at which it is to be tightest, see {@link Comparison}
 */
public record ConfidenceSequence(double alpha, double plannedWeight) {
  private static final double LARGEST_ALPHA = .25;

  public ConfidenceSequence {
    if (!(alpha > 0 && alpha <= LARGEST_ALPHA && plannedWeight >= 1)) {
      throw new IllegalArgumentException(
          "alpha %s and planned weight %s, expected alpha above 0 and at most .25, and a weight from 1."
              .formatted(alpha, plannedWeight));
    }
  }

  /**
   * How far the mean may be off.
   *
   * @param sigma standard deviation of one observation
   * @param weight observations, or {@link Comparison#weight()}; infinite radius at 0
   */
  public double radius(double sigma, double weight) {
    if (weight <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double tail = -2 * Math.log(2 * alpha);
    double rhoSquared = (tail + Math.log1p(tail)) / plannedWeight;
    double spread = weight * rhoSquared + 1;
    return sigma
        * Math.sqrt(
            2
                * spread
                / (weight * weight * rhoSquared)
                * Math.log1p(Math.sqrt(spread) / (2 * alpha)));
  }
}
