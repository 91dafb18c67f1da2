package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import java.util.List;

/**
 * The shop as a browser sees it. Implementations may block, are called by several threads, and
 * throw {@link StorefrontException} when the shop does not answer as it should.
 */
public interface StorefrontClient {

  /** Searches for a visitor; the page has the shown products in order. */
  SearchPage search(String query, String clientId, String sessionId);

  /**
   * Delivers events of any number of visitors. After an exception all of them may be sent again.
   */
  void send(List<SearchEvent> events);
}
