package io.searchloop.app.relevance;

import io.searchloop.search.evaluation.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * How far the luck of the queries may have moved a figure that is no mean over them, such as an
 * area under a curve. Queries are drawn with replacement, each with all it holds; the difference of
 * two figures under the same draws is paired (Efron and Tibshirani, 1993). Immutable; any thread.
 *
 * <pre>
 *   bootstrap.of(times -> one.area(times) - other.area(times))
 * </pre>
 *
 * @param queries how many there are
 * @param seed of the draws: equal seeds draw the same queries
 */
public record QueryBootstrap(int queries, long seed) {
  private static final int RESAMPLES = 1000;

  /**
   * A figure with its 95 % percentile interval. Draws for which it is no number, because they miss
   * a kind of product, are left out.
   *
   * @param figure of how often each query counts
   * @throws IllegalArgumentException when it is no number of the queries themselves
   */
  public Interval of(ToDoubleFunction<int[]> figure) {
    RandomGenerator random = new SplittableRandom(seed);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] times = new int[queries];
      for (int draw = 0; draw < queries; draw++) {
        times[random.nextInt(queries)]++;
      }
      drawn[i] = figure.applyAsDouble(times);
    }
    double[] telling = Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).toArray();
    int[] once = new int[queries];
    Arrays.fill(once, 1);
    double value = figure.applyAsDouble(once);
    if (Double.isNaN(value) || telling.length == 0) {
      throw new IllegalArgumentException(
          "A figure of %d queries is no number, expected one. Are there relevant products and others?"
              .formatted(queries));
    }
    return Interval.percentile(value, telling);
  }
}
