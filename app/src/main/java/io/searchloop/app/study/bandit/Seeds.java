package io.searchloop.app.study.bandit;

import io.searchloop.search.evaluation.Interval;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * A figure over seeds: mean and 95 % interval by Student's t, since seeds are few. Splits of one
 * dataset share some queries, so it is a little too narrow. One seed bounds nothing. Three seeds
 * with 1, 2 and 3: 2 plus and minus 4.303 * 1 / sqrt(3) = 2.48.
 */
final class Seeds {
  private static final double QUANTILE = .975;

  private Seeds() {}

  static Interval of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    if (values.length == 1) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double half =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability(QUANTILE)
            * new StandardDeviation().evaluate(values)
            / Math.sqrt(values.length);
    return new Interval(mean, mean - half, mean + half);
  }
}
