package io.searchloop.search.evaluation;

import java.util.Arrays;

/**
 * Count, mean and variance of a sample: all that normal intervals need.
 *
 * @param count values, at least one
 * @param mean their mean
 * @param variance unbiased variance; positive infinity for a single value, which bounds nothing
 */
record Moments(int count, double mean, double variance) {

  static Moments of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "Mean of 0 values, expected at least one. Wait until the arm has outcomes.");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    int freedom = values.length - 1;
    return new Moments(
        values.length, mean, freedom == 0 ? Double.POSITIVE_INFINITY : squares / freedom);
  }

  /** Squared standard error of the mean. */
  double squaredError() {
    return variance / count;
  }
}
