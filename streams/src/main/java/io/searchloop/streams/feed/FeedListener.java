package io.searchloop.streams.feed;

/** Counts what a feed could not deliver; called on its thread. */
@FunctionalInterface
public interface FeedListener {
  /** A record was skipped for good. */
  void skipped(String topic, String reason);
}
