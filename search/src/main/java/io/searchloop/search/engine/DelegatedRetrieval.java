package io.searchloop.search.engine;

import java.util.Optional;

/**
 * One catalogue epoch whose products are known here and found elsewhere: titles of a page cost no
 * call. Owns both engines.
 *
 * @param retrieval finds
 * @param catalogue knows the products
 */
public record DelegatedRetrieval(SearchEngine retrieval, SearchEngine catalogue)
    implements SearchEngine {
  @Override
  public SearchResults search(SearchQuery query, int limit) {
    return retrieval.search(query, limit);
  }

  @Override
  public long epoch() {
    return catalogue.epoch();
  }

  @Override
  public long documents() {
    return catalogue.documents();
  }

  @Override
  public Optional<Product> product(String id) {
    return catalogue.product(id);
  }

  @Override
  public void close() {
    try (catalogue) {
      retrieval.close();
    }
  }
}
