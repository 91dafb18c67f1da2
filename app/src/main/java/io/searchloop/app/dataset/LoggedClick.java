package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of a log of clicks on search results.
 *
 * @param id id of the line within its log
 * @param visitor who searched
 * @param query the query as typed
 * @param product what was clicked, which the catalogue need not have
 * @param searchedAt when the query was typed
 * @param clickedAt when the product was clicked
 */
public record LoggedClick(
    String id,
    String visitor,
    String query,
    String product,
    Instant searchedAt,
    Instant clickedAt) {
  /** Type of such lines. */
  public static final String TYPE = "search_click";

  /** The click of a line; empty for lines of other types and for those that lack a field. */
  public static Optional<LoggedClick> of(JsonNode line) {
    String visitor = line.path("user_id").asText("");
    String query = line.path("query").asText("");
    String product = line.path("product_id").asText("");
    Optional<Instant> searchedAt = LogTime.of(line, "query_time");
    Optional<Instant> clickedAt = LogTime.of(line, "click_time");
    if (!line.path("type").asText("").equals(TYPE)
        || visitor.isEmpty()
        || query.isBlank()
        || product.isEmpty()
        || searchedAt.isEmpty()
        || clickedAt.isEmpty()) {
      return Optional.empty();
    }
    String id = line.path("event_id").asText("");
    return Optional.of(
        new LoggedClick(id, visitor, query, product, searchedAt.get(), clickedAt.get()));
  }

  /** Tells its search: one visitor, query and time. */
  public String search() {
    return visitor + '\n' + query + '\n' + searchedAt;
  }
}
