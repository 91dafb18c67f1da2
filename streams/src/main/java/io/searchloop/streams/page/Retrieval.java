package io.searchloop.streams.page;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import java.util.Optional;

/**
 * Searches of one request: one query, one engine, one length of page.
 *
 * @param typed the query as typed
 * @param combination how a rewrite joins it
 * @param limit most products on the page
 */
record Retrieval(SearchEngine engine, String typed, Combination combination, int limit) {

  /** Results with a rewrite, or as typed without one. */
  SearchResults with(Optional<String> rewrite) {
    return rewrite.map(this::with).orElseGet(this::asTyped);
  }

  /** Results with a rewrite. */
  SearchResults with(String rewrite) {
    return engine.search(SearchQuery.rewritten(typed, rewrite, combination), limit);
  }

  /** Results of the query as typed. */
  SearchResults asTyped() {
    return engine.search(SearchQuery.identity(typed), limit);
  }
}
