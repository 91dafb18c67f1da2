package io.searchloop.search.evaluation;

import java.util.Arrays;
import java.util.Locale;

/**
 * An estimate and how far luck may have moved it: a result without one proves nothing.
 *
 * @param mean the estimate
 * @param low lower end of the 95% interval; negative infinity when the data cannot bound it
 * @param high upper end of the 95% interval; positive infinity when the data cannot bound it
 */
public record Interval(double mean, double low, double high) {
  private static final double TAIL = .025;

  /** Refuses ends in the wrong order and NaN. */
  public Interval {
    if (Double.isNaN(mean) || !(low <= high)) {
      throw new IllegalArgumentException(
          "Interval of mean %s is [%s, %s], expected numbers with low <= high. Check the data for NaN."
              .formatted(mean, low, high));
    }
  }

  /**
   * The 95% percentile interval of a bootstrap (Efron and Tibshirani, 1993).
   *
   * @param mean the estimate itself
   * @param resampled what resamples estimate, in any order, at least one
   */
  public static Interval percentile(double mean, double[] resampled) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return new Interval(mean, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Linear between neighbours. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Whether the interval leaves out zero: the usual reading of a difference as demonstrated. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** A value for people: {@code 0.3933 [0.3871, 0.3995]} with four digits. */
  public String text(int digits) {
    return text("%." + digits + "f");
  }

  /** A difference for people: {@code +0.0106 [+0.0052, +0.0174]} with four digits. */
  public String signedText(int digits) {
    return text("%+." + digits + "f");
  }

  private String text(String number) {
    return String.format(Locale.ROOT, "%s [%s, %s]".replace("%s", number), mean, low, high);
  }
}
