package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import java.time.Instant;

/** Writes the events of one visitor and numbers them. One thread at a time. */
final class Journal {
  private final String visitorId;
  private final String sessionId;
  private int events;

  Journal(String visitorId) {
    this.visitorId = visitorId;
    this.sessionId = visitorId + "-s";
  }

  String visitorId() {
    return visitorId;
  }

  String sessionId() {
    return sessionId;
  }

  /** An event to be completed. */
  SearchEvent.Builder event(String action, Instant when) {
    return SearchEvent.newBuilder()
        .setEventId(visitorId + "-e" + ++events)
        .setClientId(visitorId)
        .setSessionId(sessionId)
        .setActionName(action)
        .setTimestamp(when);
  }

  /** What was typed. */
  SearchEvent query(SearchPage page, String text, Instant when) {
    return event("query", when).setQueryId(page.queryId()).setUserQuery(text).build();
  }

  /** The page that was shown. */
  SearchEvent impression(SearchPage page, Instant when) {
    return event("impression", when).setQueryId(page.queryId()).setPage(page.products()).build();
  }

  /** A click on the product at a position, from one. */
  SearchEvent click(SearchPage page, int position, Instant when) {
    return event("click", when)
        .setQueryId(page.queryId())
        .setObjectId(page.products().get(position - 1))
        .setPositionOrdinal(position)
        .build();
  }
}
