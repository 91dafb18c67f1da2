package io.searchloop.app.judge;

import java.time.Duration;

/** Waits between two tries; tests only count. */
@FunctionalInterface
interface Pause {
  /** Waits. */
  void of(Duration time) throws InterruptedException;
}
