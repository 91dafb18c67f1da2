package io.searchloop.streams.slates;

import io.searchloop.schemas.HeadSlate;

/** Where slates are written for all workers. Never waits long; what fails is counted. */
public interface SlateLog {
  /**
   * Appends a slate.
   *
   * @param onLost called when it will never be read, on any thread
   */
  void append(SlateKey key, HeadSlate slate, Runnable onLost);

  /** Appends a tombstone. */
  void retire(SlateKey key);
}
