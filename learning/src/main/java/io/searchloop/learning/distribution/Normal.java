package io.searchloop.learning.distribution;

/** The standard normal distribution. */
public final class Normal {
  private static final double[] COEFFICIENTS = {
    0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429
  };

  private Normal() {}

  /** Phi(x) within 7.5e-8: Abramowitz and Stegun, 26.2.17. */
  public static double cumulative(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double polynomial = 0;
    for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
      polynomial = (polynomial + COEFFICIENTS[i]) * t;
    }
    double upperTail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    return x >= 0 ? 1 - upperTail : upperTail;
  }
}
