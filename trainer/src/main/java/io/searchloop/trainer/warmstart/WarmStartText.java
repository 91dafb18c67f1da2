package io.searchloop.trainer.warmstart;

import java.util.List;

/**
 * Everything a warm start may learn from. Only training data belongs here: whoever fills it keeps
 * evaluation queries and their corrections out.
 *
 * @param phrases catalogue texts: titles, categories, brands
 * @param queries what shoppers typed
 * @param coClicks query to query or phrase that led to the same products; may be empty
 * @param corrections typed to corrected; may be empty, then misspellings are generic keyboard slips
 */
public record WarmStartText(
    List<String> phrases,
    List<String> queries,
    List<WeightedPair> coClicks,
    List<WeightedPair> corrections) {
  public WarmStartText {
    phrases = List.copyOf(phrases);
    queries = List.copyOf(queries);
    coClicks = List.copyOf(coClicks);
    corrections = List.copyOf(corrections);
    if (phrases.isEmpty() && queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Warm start found neither phrases nor queries, expected at least one text."
              + " Publish the catalogue before training.");
    }
  }

  /** The same texts with other pairs. */
  public WarmStartText withPairs(List<WeightedPair> pairs) {
    return new WarmStartText(phrases, queries, pairs, corrections);
  }
}
