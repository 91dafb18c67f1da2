package io.searchloop.streams.signal;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.SearchEvent;
import java.util.concurrent.CompletableFuture;

/** Where storefront events are remembered, or the reason why not. */
public interface EventLog {
  /**
   * Hands over an event. Never waits.
   *
   * @param visitorKey key of the record
   * @return completes when the event is safe; fails when it may be lost, and should be sent again
   */
  CompletableFuture<Void> append(SearchEvent event, String visitorKey);

  /** Hands over a refused event, like {@link #append}. */
  CompletableFuture<Void> refuse(DeadLetter letter);
}
