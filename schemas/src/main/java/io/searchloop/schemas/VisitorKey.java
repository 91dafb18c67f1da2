package io.searchloop.schemas;

import java.util.Optional;

/** The key that brings everything one visitor did to one place: client_id, else session_id. */
public final class VisitorKey {
  private VisitorKey() {}

  /** Visitor key of an event; empty when it names neither client nor session. */
  public static Optional<String> of(SearchEvent event) {
    return of(event.getClientId(), event.getSessionId());
  }

  /** Visitor key of a decision; empty when it names neither client nor session. */
  public static Optional<String> of(Decision decision) {
    return of(decision.getClientId(), decision.getSessionId());
  }

  private static Optional<String> of(String clientId, String sessionId) {
    if (!clientId.isEmpty()) {
      return Optional.of(clientId);
    }
    return sessionId.isEmpty() ? Optional.empty() : Optional.of(sessionId);
  }
}
