package io.searchloop.search.query;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.FusionWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * A typed query with its correction, to be joined with any rewrites of it. Correcting costs more
 * than searching, so it is done once for all of them.
 *
 * @param typed the query as typed
 * @param corrected what the spelling checker makes of it; the query itself when it changes nothing
 * @param weights of the parts
 */
public record FusedQuery(String typed, String corrected, FusionWeights weights) {

  /** A query that no spelling checker has seen. */
  public static FusedQuery uncorrected(String typed, FusionWeights weights) {
    return new FusedQuery(typed, typed, weights);
  }

  /** One BM25 query with a policy's rewrites; none leave typed + spelling checker. */
  public SearchQuery with(List<String> rewrites) {
    return joined(
        rewrites.stream().map(text -> new WeightedText(text, weights.rewrite())).toList());
  }

  /**
   * Typed text and spelling checker with other parts, each of its own weight. A correction that
   * changes nothing would add nothing, and is no part.
   */
  public SearchQuery joined(List<WeightedText> parts) {
    List<WeightedText> additions = new ArrayList<>(parts);
    if (!corrected.equals(typed)) {
      additions.add(new WeightedText(corrected, weights.correction()));
    }
    return new SearchQuery(typed, additions, Combination.UNION);
  }
}
