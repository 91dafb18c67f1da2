package io.searchloop.search.engine;

/**
 * Parameters of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond", 2009). State them beside every result: tuning them lifts all arms alike, and must not be
 * credited to a rewriter.
 *
 * @param k1 how soon repeated words stop counting, at least 0
 * @param b how much long products are discounted, 0 to 1
 */
public record Bm25(double k1, double b) {

  /** Lucene's values, and the ones of the published baselines: k1 1.2, b .75. */
  public static final Bm25 DEFAULT = new Bm25(1.2, .75);

  /** Checks both ranges. */
  public Bm25 {
    if (!(k1 >= 0) || Double.isInfinite(k1)) {
      throw new IllegalArgumentException(
          "BM25 k1 is %s, expected a finite number of at least 0. Typical is 1.2.".formatted(k1));
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException(
          "BM25 b is %s, expected 0 to 1. Typical is 0.75.".formatted(b));
    }
  }
}
