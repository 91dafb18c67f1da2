package io.searchloop.streams.decision;

import io.searchloop.policy.rewrite.QueryContext;

/**
 * A query with who asks.
 *
 * @param query the user's text, not blank
 * @param clientId visitor; may be empty when {@code sessionId} is not
 * @param sessionId session; may be empty
 * @param locale BCP 47 tag; may be empty
 */
public record RewriteRequest(String query, String clientId, String sessionId, String locale) {
  public RewriteRequest {
    if (query.isBlank() || (clientId.isEmpty() && sessionId.isEmpty())) {
      throw new IllegalArgumentException(
          "Request without %s, expected a query and a client_id or session_id."
              .formatted(query.isBlank() ? "query" : "visitor"));
    }
  }

  /** The key that brings everything one visitor did to one place. */
  String visitorKey() {
    return clientId.isEmpty() ? sessionId : clientId;
  }

  QueryContext context() {
    return new QueryContext(query, locale);
  }
}
