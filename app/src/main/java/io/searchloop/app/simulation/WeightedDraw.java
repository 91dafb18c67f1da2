package io.searchloop.app.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws indices in proportion to their weights. Of weights 1 and 3 the second is drawn three times
 * out of four. Any thread, as far as the generator allows.
 */
public final class WeightedDraw {
  private final double[] cumulative;

  /**
   * @param weights at least one, none negative, not all zero
   */
  public WeightedDraw(double... weights) {
    this.cumulative = weights.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** Sum of all weights. */
  public double total() {
    return cumulative[cumulative.length - 1];
  }

  /** An index, counted from zero. */
  public int next(RandomGenerator random) {
    int found = Arrays.binarySearch(cumulative, random.nextDouble() * total());
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }
}
