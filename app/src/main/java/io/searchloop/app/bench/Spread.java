package io.searchloop.app.bench;

import java.util.Arrays;

/**
 * How a figure came out over several runs.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min least
 * @param max greatest
 * @param runs how many
 */
public record Spread(double median, double min, double max, int runs) {
  /**
   * Sums up figures.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(double[] figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("No figure to sum up, expected one of each run at least.");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
