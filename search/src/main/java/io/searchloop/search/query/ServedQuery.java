package io.searchloop.search.query;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.Fusion;
import java.util.List;

/**
 * One typed query as a shop searches it, rewritten or not. Both are asked here, so that a rewrite
 * is compared with what the shopper would have seen without it: in a UNION the query as typed and
 * its correction.
 *
 * @param fused the query and its correction, in a REPLACE without one
 * @param combination how a rewrite joins it
 */
public record ServedQuery(FusedQuery fused, Combination combination) {

  /** The query as typed. */
  public String typed() {
    return fused.typed();
  }

  /** What is searched without a rewrite. */
  public SearchQuery unrewritten() {
    return switch (combination) {
      case UNION -> fused.with(List.of());
      case REPLACE -> SearchQuery.identity(typed());
    };
  }

  /** What is searched with rewrites, which are served together. */
  public SearchQuery with(List<String> rewrites) {
    return switch (combination) {
      case UNION -> fused.with(rewrites);
      case REPLACE ->
          new SearchQuery(
              typed(),
              rewrites.stream()
                  .map(text -> new WeightedText(text, Fusion.TYPED_TERM_WEIGHT))
                  .toList(),
              combination);
    };
  }
}
