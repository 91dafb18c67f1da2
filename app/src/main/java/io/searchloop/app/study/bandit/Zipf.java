package io.searchloop.app.study.bandit;

import io.searchloop.app.simulation.WeightedDraw;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How often each query is typed: that of rank r in proportion to 1 / r, an assumption since judged
 * datasets do not say. Of 2,000 queries the first has a share of 1 / H(2000) = 12 %.
 */
final class Zipf {
  private final WeightedDraw ranks;

  Zipf(int queries) {
    ranks =
        new WeightedDraw(
            IntStream.rangeClosed(1, queries).mapToDouble(rank -> 1.0 / rank).toArray());
  }

  /** Share of searches of a rank, counted from zero. */
  double share(int rank) {
    return 1 / ((rank + 1) * ranks.total());
  }

  /** A rank, counted from zero. */
  int next(RandomGenerator random) {
    return ranks.next(random);
  }
}
