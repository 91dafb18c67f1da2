package io.searchloop.app.study.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How often each query is typed: that of rank r in proportion to 1 / r, an assumption since judged
 * datasets do not say. Of 2,000 queries the first has a share of 1 / H(2000) = 12 %.
 */
final class Zipf {
  private final double[] cumulative;

  Zipf(int queries) {
    cumulative = new double[queries];
    Arrays.setAll(cumulative, rank -> 1.0 / (rank + 1));
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** Share of searches of a rank, counted from zero. */
  double share(int rank) {
    return 1 / ((rank + 1) * cumulative[cumulative.length - 1]);
  }

  /** A rank, counted from zero. */
  int next(RandomGenerator random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }
}
