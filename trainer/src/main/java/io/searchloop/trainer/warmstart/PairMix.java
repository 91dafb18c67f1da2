package io.searchloop.trainer.warmstart;

/**
 * What the miner draws, as shares between zero and one.
 *
 * @param queries share of query texts among the texts to misspell
 * @param words share of single words; the rest are word sequences of phrases
 * @param identity share of texts left as they are, so that the policy learns when to keep its hands
 *     off
 * @param coClicks share of co-clicked pairs among all pairs, when any are given
 * @param corrections share of real corrections among all pairs, when any are given
 */
public record PairMix(
    double queries, double words, double identity, double coClicks, double corrections) {
  /** The mixture that did best in a quick study on real queries. */
  public static final PairMix DEFAULT = new PairMix(.45, .25, .25, .3, .1);

  public PairMix {
    if (!share(queries)
        || !share(words)
        || !share(identity)
        || !share(coClicks)
        || !share(corrections)
        || queries + words > 1
        || coClicks + corrections > 1) {
      throw new IllegalArgumentException(
          "Pair mix has queries "
              + queries
              + ", words "
              + words
              + ", identity "
              + identity
              + ", co-clicks "
              + coClicks
              + ", corrections "
              + corrections
              + "; expected shares in [0, 1], queries + words and co-clicks + corrections at most 1.");
    }
  }

  /** The mixture with another share of co-clicked pairs. */
  PairMix withCoClicks(double share) {
    return new PairMix(queries, words, identity, share, corrections);
  }

  private static boolean share(double value) {
    return value >= 0 && value <= 1;
  }
}
