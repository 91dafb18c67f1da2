package io.searchloop.search.evaluation;

/**
 * Compares two arms that served different visitors, so that values cannot be paired and variances
 * need not agree (Welch, Biometrika 1947).
 */
public final class Welch {
  private Welch() {}

  /**
   * Mean of a minus mean of b with its 95% interval:
   *
   * <pre>
   *   mean(a) - mean(b)  +-  1.96 * sqrt(var(a)/n_a + var(b)/n_b)
   * </pre>
   *
   * <p>The normal quantile stands in for Student's: at fifty values an arm the interval is about 1%
   * narrower than Welch's. It is a fixed-sample interval; looking again and again until it excludes
   * zero is peeking. An arm with a single value gives an unbounded interval.
   *
   * @param a outcomes of the arm under test, at least one
   * @param b outcomes of the control, at least one
   */
  public static Interval difference(double[] a, double[] b) {
    Moments left = Moments.of(a);
    Moments right = Moments.of(b);
    return MeanInterval.around(
        left.mean() - right.mean(), left.squaredError() + right.squaredError());
  }
}
