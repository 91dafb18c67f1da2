package io.searchloop.learning.propensity;

import java.util.stream.IntStream;

/**
 * Clicks that positions won from each other on the same products: {@code wins[k][l]} are those of
 * position k on products also shown at l, weighed so that k and l count the same number of
 * impressions. Positions here count from zero.
 *
 * <p>The weights are Mantel and Haenszel's (1959) for a ratio of rates over strata: of a product
 * with n_k, n_l impressions and c_k, c_l clicks, {@code wins[k][l] += c_k n_l / (n_k + n_l)} and
 * the other way round, so the expectations stand in the ratio of the examinations whatever the
 * product's attraction. Example: 20 clicks on 100 impressions at one, 3 on 25 at two give 4 and 2.4
 * wins: rates .20 and .12, each times 20.
 *
 * <p>Single thread.
 */
final class PositionPairs {
  private final double[][] wins;

  PositionPairs(int positions) {
    this.wins = new double[positions][positions];
  }

  /** Adds one product of one query: impressions and clicks by position. */
  void add(long[] impressions, long[] clicks) {
    for (int k = 0; k < wins.length; k++) {
      for (int l = 0; l < wins.length; l++) {
        if (k != l && impressions[k] > 0 && impressions[l] > 0) {
          double sum = (double) impressions[k] + impressions[l];
          wins[k][l] += clicks[k] * (impressions[l] / sum);
        }
      }
    }
  }

  void add(PositionPairs other) {
    for (int k = 0; k < wins.length; k++) {
      for (int l = 0; l < wins.length; l++) {
        wins[k][l] += other.wins[k][l];
      }
    }
  }

  int positions() {
    return wins.length;
  }

  double wins(int k, int l) {
    return wins[k][l];
  }

  /** Clicks on products that were shown at both positions, weighed. */
  double total(int k, int l) {
    return wins[k][l] + wins[l][k];
  }

  boolean isEmpty() {
    return IntStream.range(0, wins.length)
        .allMatch(k -> IntStream.range(0, k).allMatch(l -> total(k, l) == 0));
  }

  /**
   * Positions that no chain of wins leads to, or none leads back from, when starting at position
   * one. Only without such are the ratios determined (Ford 1957).
   */
  int[] disconnected() {
    boolean[] beaten = reached(false);
    boolean[] beating = reached(true);
    return IntStream.range(0, wins.length).filter(k -> !beaten[k] || !beating[k]).toArray();
  }

  private boolean[] reached(boolean backwards) {
    boolean[] reached = new boolean[wins.length];
    mark(0, backwards, reached);
    return reached;
  }

  private void mark(int k, boolean backwards, boolean[] reached) {
    reached[k] = true;
    for (int l = 0; l < wins.length; l++) {
      if (!reached[l] && (backwards ? wins[l][k] : wins[k][l]) > 0) {
        mark(l, backwards, reached);
      }
    }
  }
}
