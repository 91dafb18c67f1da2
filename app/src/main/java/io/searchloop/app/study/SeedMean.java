package io.searchloop.app.study;

import io.searchloop.search.evaluation.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The mean of what several seeds found. Its interval takes the seeds' samples as independent: it
 * reaches down by the root of the summed squares of how far theirs reach down, over their number,
 * and up likewise. Splits of one dataset share some queries, so it is a little too narrow.
 *
 * <p>Example: .02 [.01, .04] and .04 [.03, .06] come to .03 [.0229, .0441].
 */
public final class SeedMean {
  private SeedMean() {}

  /** The mean over seeds, at least one. */
  public static Interval of(List<Interval> seeds) {
    double mean = seeds.stream().mapToDouble(Interval::mean).average().orElseThrow();
    double below = reach(seeds, one -> one.mean() - one.low());
    double above = reach(seeds, one -> one.high() - one.mean());
    return new Interval(mean, mean - below, mean + above);
  }

  private static double reach(List<Interval> seeds, ToDoubleFunction<Interval> side) {
    double squares = seeds.stream().mapToDouble(side).map(length -> length * length).sum();
    return Math.sqrt(squares) / seeds.size();
  }
}
