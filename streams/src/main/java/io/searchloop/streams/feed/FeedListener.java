package io.searchloop.streams.feed;

/** Hears what a feed could not deliver, and that Kafka answers it; called on its thread. */
@FunctionalInterface
public interface FeedListener {
  /** A record was skipped for good. */
  void skipped(String topic, String reason);

  /** Kafka has answered a poll, with records or without. */
  default void heard() {}
}
