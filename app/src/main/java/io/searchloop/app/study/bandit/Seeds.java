package io.searchloop.app.study.bandit;

import io.searchloop.search.evaluation.Interval;
import java.util.Arrays;

/**
 * A figure over seeds: mean and 95 % interval by Student's t, since seeds are few. Splits of one
 * dataset share some queries, so it is a little too narrow. Three seeds with 1, 2 and 3: 2 plus and
 * minus 4.303 * 1 / sqrt(3) = 2.48.
 */
final class Seeds {
  /** The .975 quantiles by degrees of freedom, from one. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
  };

  private static final double NORMAL = 1.96;

  private Seeds() {}

  static Interval of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    if (values.length == 1) {
      return new Interval(mean, mean, mean);
    }
    double squares = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
    int freedom = values.length - 1;
    double quantile = freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL;
    double half = quantile * Math.sqrt(squares / freedom / values.length);
    return new Interval(mean, mean - half, mean + half);
  }
}
