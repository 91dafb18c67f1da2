package io.searchloop.app.relevance;

import java.util.Arrays;

/**
 * What features read of a query: its words as the spelling checker has them, how it is written, and
 * what the first products found have in common. Immutable.
 */
final class QueryReading {
  private final Words words;
  private final Characters typed;
  private final Characters corrected;
  private final Centroid feedback;
  private final int[] terms;
  private final double[] rarity;

  /**
   * @param words corrected words
   * @param typed how the typed text is written
   * @param corrected how the corrected text is written
   * @param feedback titles of the first products found
   * @param catalogue knows how rare words are
   */
  QueryReading(
      Words words,
      Characters typed,
      Characters corrected,
      Centroid feedback,
      CatalogueTerms catalogue) {
    this.words = words;
    this.typed = typed;
    this.corrected = corrected;
    this.feedback = feedback;
    this.terms = words.distinct();
    this.rarity = Arrays.stream(terms).mapToDouble(catalogue::idf).toArray();
  }

  /** Corrected words in order. */
  Words words() {
    return words;
  }

  Characters typed() {
    return typed;
  }

  Characters corrected() {
    return corrected;
  }

  Centroid feedback() {
    return feedback;
  }

  /** Different words; those that no product has are one of them together. */
  int terms() {
    return terms.length;
  }

  /** A word, by its place among the different ones, each where it stands first. */
  int term(int place) {
    return terms[place];
  }

  /** Its idf. */
  double rarity(int place) {
    return rarity[place];
  }

  /** The largest idf of a word; 0 without words. */
  double rarest() {
    return Arrays.stream(rarity).max().orElse(0);
  }

  /**
   * The idf of the last of the different words, usually the thing that is wanted; 0 without words.
   * A word that ends the query and stands before too counts where it stands first: "lamp shade
   * lamp" has the idf of "shade".
   */
  double lastRarity() {
    return rarity.length == 0 ? 0 : rarity[rarity.length - 1];
  }

  /** Summed idf of the different words: what a product that has every word covers. */
  double mass() {
    return Arrays.stream(rarity).sum();
  }
}
