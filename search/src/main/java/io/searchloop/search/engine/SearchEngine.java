package io.searchloop.search.engine;

import java.util.Optional;

/**
 * Finds products of one catalogue epoch. Serving, rewards and evaluation search through this
 * interface, so that a rewrite is rewarded by the engine that will serve it.
 *
 * <p>Implementations are safe for concurrent use. A new epoch is a new engine; the old one is
 * closed when nobody needs it any more.
 */
public interface SearchEngine extends AutoCloseable {

  /**
   * The best products for a query. A query that analyses to nothing (blank, stop words only) finds
   * nothing.
   *
   * @param limit most hits to return, at least one; the total is exact whatever the limit
   * @throws IllegalArgumentException when the limit is below one
   * @throws IllegalStateException when the engine is closed
   * @throws EngineUnavailableException when an engine elsewhere does not answer
   */
  SearchResults search(SearchQuery query, int limit);

  /** The catalogue epoch that is searched. */
  long epoch();

  /** How many products it holds. */
  long documents();

  /** A product by its id; empty when this epoch does not hold it. */
  Optional<Product> product(String id);

  /** Frees the index once the searches under way have ended. */
  @Override
  void close();
}
