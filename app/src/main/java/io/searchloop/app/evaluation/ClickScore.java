package io.searchloop.app.evaluation;

/**
 * What a way to search did for the clicks of one query; sums, so that scores add up.
 *
 * @param clicks clicks judged by
 * @param reciprocalRank sum over them of one over the rank of the clicked product, nothing beyond
 *     the tenth
 * @param shown how many of them went to a product among the first ten
 */
record ClickScore(double clicks, double reciprocalRank, double shown) {
  static final ClickScore NONE = new ClickScore(0, 0, 0);

  ClickScore plus(ClickScore other) {
    return new ClickScore(
        clicks + other.clicks, reciprocalRank + other.reciprocalRank, shown + other.shown);
  }

  /** The mean of as many as {@code count} that were added up. */
  ClickScore over(int count) {
    return new ClickScore(clicks / count, reciprocalRank / count, shown / count);
  }
}
