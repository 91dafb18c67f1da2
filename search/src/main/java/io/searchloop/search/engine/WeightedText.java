package io.searchloop.search.engine;

/**
 * A text that joins a search with less or more say than the typed query.
 *
 * @param text words as a person would type them, not yet analysed
 * @param weight factor on the BM25 score of its terms; a typed term has 1
 */
public record WeightedText(String text, double weight) {

  /** Refuses weights that would rank worse matches first. */
  public WeightedText {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "Weight of an added text is %s, expected a positive finite number. Leave the text out"
                  .formatted(weight)
              + " if it should not count.");
    }
  }
}
