package io.searchloop.app.events;

/** Where events are sent. One thread. */
public interface EventOutlet extends AutoCloseable {
  /**
   * Takes an event, now or with others later.
   *
   * @throws IllegalStateException when nothing more can be sent
   */
  void accept(CheckedLine event);

  /**
   * Waits until the fate of every event is known.
   *
   * @throws IllegalStateException when not all could be stored, saying how many were
   */
  @Override
  void close();

  /** Events known to be stored. */
  long stored();
}
