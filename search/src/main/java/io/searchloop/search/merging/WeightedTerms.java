package io.searchloop.search.merging;

import java.util.List;

/**
 * The analysed terms of one text.
 *
 * @param terms terms as the index stores them, in order, repetitions kept
 * @param weight weight of each term
 */
public record WeightedTerms(List<String> terms, double weight) {

  /** Copies the terms. */
  public WeightedTerms {
    terms = List.copyOf(terms);
  }
}
