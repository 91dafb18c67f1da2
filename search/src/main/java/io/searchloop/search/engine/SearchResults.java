package io.searchloop.search.engine;

import java.util.List;

/**
 * What one search found.
 *
 * @param hits best first; equal scores in catalogue order, so that a search can be repeated
 * @param totalHits exact number of matching products, of which {@code hits} are the best
 * @param epoch catalogue epoch that was searched
 */
public record SearchResults(List<Hit> hits, long totalHits, long epoch) {

  /** Copies the hits. */
  public SearchResults {
    hits = List.copyOf(hits);
    if (totalHits < hits.size()) {
      throw new IllegalArgumentException(
          "Total of %d hits with %d of them listed, expected at least as many. Count every match."
              .formatted(totalHits, hits.size()));
    }
  }

  /** The ids of the hits, best first: what {@code RankingMetrics} reads. */
  public List<String> productIds() {
    return hits.stream().map(Hit::productId).toList();
  }
}
