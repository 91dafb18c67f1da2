package io.searchloop.streams.catalogue;

import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.search.suggest.Suggester;
import java.util.List;

/**
 * All that one catalogue epoch answers. Any thread.
 *
 * @param engine finds its products
 * @param search how queries are searched: its spelling checker knows the words of this epoch, so
 *     that a brand is never corrected from the moment it is sold
 * @param suggester completes what shoppers type, to what this epoch can find
 */
public record CatalogueEpoch(SearchEngine engine, ServedSearch search, Suggester suggester)
    implements AutoCloseable {

  /**
   * An epoch over its index, which it owns.
   *
   * @param past what shoppers asked before
   */
  public static CatalogueEpoch of(
      LuceneSearchEngine engine, SearchRule rule, List<PastQuery> past) {
    return of(engine, engine, rule.over(engine.vocabulary()), past);
  }

  /**
   * An epoch whose products an engine finds, which it owns.
   *
   * @param index knows the words of the epoch
   * @param engine finds its products; owns the index, or is it
   * @param search how queries are searched, by the words of the index
   * @param past what shoppers asked before
   */
  static CatalogueEpoch of(
      LuceneSearchEngine index, SearchEngine engine, ServedSearch search, List<PastQuery> past) {
    return new CatalogueEpoch(engine, search, Suggester.over(index, search, past));
  }

  /** Closes the engine last, and even when the suggester cannot be closed. */
  @Override
  public void close() {
    try (engine) {
      suggester.close();
    }
  }
}
