package io.searchloop.search.evaluation;

/**
 * An estimate and how far luck may have moved it: a result without one proves nothing.
 *
 * @param mean the estimate
 * @param low lower end of the 95% interval; negative infinity when the data cannot bound it
 * @param high upper end of the 95% interval; positive infinity when the data cannot bound it
 */
public record Interval(double mean, double low, double high) {

  /** Refuses ends in the wrong order and NaN. */
  public Interval {
    if (Double.isNaN(mean) || !(low <= high)) {
      throw new IllegalArgumentException(
          "Interval of mean %s is [%s, %s], expected numbers with low <= high. Check the data for NaN."
              .formatted(mean, low, high));
    }
  }

  /** Whether the interval leaves out zero: the usual reading of a difference as demonstrated. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
