package io.searchloop.trainer.warmstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws items in proportion to their weights, in logarithmic time. Immutable. */
final class WeightedChoice<T> {
  private final List<T> items;
  private final double[] cumulated;

  /**
   * @param items at least one
   * @param weights one for each item, none negative, not all zero
   */
  WeightedChoice(List<T> items, List<Double> weights) {
    this.items = new ArrayList<>(items);
    this.cumulated = new double[items.size()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += weights.get(i);
      cumulated[i] = sum;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "Weights of " + items.size() + " items add up to " + sum + ", expected more than zero.");
    }
  }

  T draw(RandomGenerator random) {
    double threshold = random.nextDouble() * total();
    int found = Arrays.binarySearch(cumulated, threshold);
    int index = found >= 0 ? found + 1 : -found - 1;
    return items.get(Math.min(index, items.size() - 1));
  }

  double total() {
    return cumulated[cumulated.length - 1];
  }
}
