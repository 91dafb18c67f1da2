package io.searchloop.app.train;

import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.search.engine.ProductNotes;
import io.searchloop.search.engine.SearchEngine;

/**
 * LESER's context: the first k results of the query as typed, as a worker adds them.
 *
 * @param engine searched once for each query; not at all when k is 0
 * @param products k
 */
public record TopProducts(SearchEngine engine, int products) implements ContextSource {
  @Override
  public QueryContext of(String query) {
    return QueryContext.of(query).withProducts(ProductNotes.top(engine, query, products));
  }
}
