package io.searchloop.streams.http;

import io.searchloop.search.engine.EngineUnavailableException;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import java.util.Optional;

/** An engine elsewhere that does not answer. */
record AwayEngine(long epoch) implements SearchEngine {
  @Override
  public SearchResults search(SearchQuery query, int limit) {
    throw new EngineUnavailableException("OpenSearch at http://inside:9200 does not answer");
  }

  @Override
  public long documents() {
    return 0;
  }

  @Override
  public Optional<Product> product(String id) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
