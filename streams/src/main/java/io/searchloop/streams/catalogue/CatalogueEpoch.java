package io.searchloop.streams.catalogue;

import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;

/**
 * All that one catalogue epoch answers. Any thread.
 *
 * @param engine finds its products
 * @param search how queries are searched: its spelling checker knows the words of this epoch, so
 *     that a brand is never corrected from the moment it is sold
 */
public record CatalogueEpoch(SearchEngine engine, ServedSearch search) implements AutoCloseable {

  /** An epoch over its index, which it owns. */
  public static CatalogueEpoch of(LuceneSearchEngine engine, SearchRule rule) {
    return new CatalogueEpoch(engine, rule.over(engine.vocabulary()));
  }

  @Override
  public void close() {
    engine.close();
  }
}
