package io.searchloop.search.query;

import io.searchloop.search.engine.Combination;

/**
 * How a shop searches. Any thread.
 *
 * @param fused spelling checker and weights of a UNION
 * @param combination how a rewrite joins the typed query
 */
public record ServedSearch(FusedSearch fused, Combination combination) {

  /**
   * A query as it will be searched. In a UNION it is corrected here, which costs more than
   * searching: once for all that is searched for it. What replaces the query needs no correction.
   */
  public ServedQuery of(String typed) {
    FusedQuery query =
        switch (combination) {
          case UNION -> fused.of(typed);
          case REPLACE -> FusedQuery.uncorrected(typed, fused.weights());
        };
    return new ServedQuery(query, combination);
  }
}
