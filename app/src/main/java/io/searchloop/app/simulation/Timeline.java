package io.searchloop.app.simulation;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Time and the means to do something later, so that a minute of shopping is tested in a
 * millisecond. Tasks may run at the same time as each other.
 */
public interface Timeline extends InstantSource, AutoCloseable {

  /** Runs a task after a delay; at once when it is zero or negative; never after closing. */
  void after(Duration delay, Runnable task);

  /** Drops what has not begun and waits for what has. */
  @Override
  void close();
}
