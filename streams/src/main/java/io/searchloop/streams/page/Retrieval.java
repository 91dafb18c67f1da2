package io.searchloop.streams.page;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.query.ServedQuery;
import java.util.List;
import java.util.Optional;

/**
 * Searches of one request: one query, one engine, one length of page.
 *
 * @param query what is searched, with or without a rewrite
 * @param limit most products on the page
 */
record Retrieval(SearchEngine engine, ServedQuery query, int limit) {

  /** Results with a rewrite, or of the query without one. */
  SearchResults with(Optional<String> rewrite) {
    return rewrite.map(this::with).orElseGet(this::unrewritten);
  }

  /** Results with a rewrite. */
  SearchResults with(String rewrite) {
    return engine.search(query.with(List.of(rewrite)), limit);
  }

  /** Results of the query, not rewritten. */
  SearchResults unrewritten() {
    return engine.search(query.unrewritten(), limit);
  }
}
