package io.searchloop.app.replay;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Passes records on in the order of their timestamps although one line of a log becomes records of
 * several instants. Holds back what is younger than the horizon, so memory is bounded by how much
 * happens within it. Records of one instant keep the order they came in. One thread.
 */
final class EventTimeOrder implements Outlet {
  private final Outlet next;
  private final Duration horizon;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::time).thenComparingLong(Waiting::sequence));
  private long sequence;

  private record Waiting(Instant time, long sequence, Runnable pass) {}

  /**
   * @param next where records go, in order
   * @param horizon how far before the time of its line a record may lie
   */
  EventTimeOrder(Outlet next, Duration horizon) {
    this.next = next;
    this.horizon = horizon;
  }

  @Override
  public void accept(Decision decision) {
    add(decision.getTimestamp(), () -> next.accept(decision));
  }

  @Override
  public void accept(SearchEvent event) {
    add(event.getTimestamp(), () -> next.accept(event));
  }

  /** The log has come to this time: passes on what no later line can precede. */
  void advance(Instant lineTime) {
    Instant safe = lineTime.minus(horizon);
    while (!waiting.isEmpty() && waiting.element().time().isBefore(safe)) {
      waiting.remove().pass().run();
    }
  }

  /** The log has ended. */
  void finish() {
    while (!waiting.isEmpty()) {
      waiting.remove().pass().run();
    }
  }

  private void add(Instant time, Runnable pass) {
    waiting.add(new Waiting(time, sequence++, pass));
  }
}
