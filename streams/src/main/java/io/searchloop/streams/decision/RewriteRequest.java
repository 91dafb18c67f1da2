package io.searchloop.streams.decision;

import io.searchloop.policy.rewrite.QueryContext;
import java.util.List;

/**
 * A query with who asks, and what the storefront knows of it.
 *
 * @param query the user's text, not blank
 * @param clientId visitor; may be empty when {@code sessionId} is not
 * @param sessionId session; may be empty
 * @param locale BCP 47 tag; may be empty
 * @param annotations what the storefront recognised in the query, such as a brand; may be empty
 * @param sessionQueries what the visitor typed before in this session, oldest first; may be empty
 */
public record RewriteRequest(
    String query,
    String clientId,
    String sessionId,
    String locale,
    List<String> annotations,
    List<String> sessionQueries) {
  public RewriteRequest {
    annotations = List.copyOf(annotations);
    sessionQueries = List.copyOf(sessionQueries);
    if (query.isBlank() || (clientId.isEmpty() && sessionId.isEmpty())) {
      throw new IllegalArgumentException(
          "Request without %s, expected a query and a client_id or session_id."
              .formatted(query.isBlank() ? "query" : "visitor"));
    }
  }

  /** A query of which nothing more is known. */
  public RewriteRequest(String query, String clientId, String sessionId, String locale) {
    this(query, clientId, sessionId, locale, List.of(), List.of());
  }

  /** The key that brings everything one visitor did to one place. */
  String visitorKey() {
    return clientId.isEmpty() ? sessionId : clientId;
  }

  QueryContext context() {
    return new QueryContext(query, locale, annotations, sessionQueries, List.of());
  }
}
