package io.searchloop.search.evaluation;

/** The mean of one sample with its 95% interval, for figures that stand alone. */
public final class MeanInterval {
  /** The .975 quantile of the standard normal distribution. */
  static final double NORMAL_975 = 1.959963984540054;

  private MeanInterval() {}

  /**
   * Mean plus and minus 1.96 standard errors: the normal approximation, meant for samples of some
   * fifty values and more. A single value gives an unbounded interval.
   *
   * @param values one outcome per independent unit, such as a visitor; at least one
   */
  public static Interval of(double[] values) {
    Moments moments = Moments.of(values);
    return around(moments.mean(), moments.squaredError());
  }

  static Interval around(double mean, double squaredError) {
    double half = NORMAL_975 * Math.sqrt(squaredError);
    return new Interval(mean, mean - half, mean + half);
  }
}
