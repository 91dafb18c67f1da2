package io.searchloop.app.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs tasks on the caller's thread in the order of a clock that jumps from task to task. */
final class VirtualTimeline implements Timeline {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::when).thenComparing(Task::sequence));
  private Instant now;
  private long sequence;
  private boolean closed;

  VirtualTimeline(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (!closed) {
      Instant when = delay.isNegative() ? now : now.plus(delay);
      tasks.add(new Task(when, sequence++, task));
    }
  }

  /** Lets time pass. */
  void pass(Duration duration) {
    Instant end = now.plus(duration);
    for (Task next = tasks.peek(); next != null && !next.when().isAfter(end); next = tasks.peek()) {
      tasks.remove();
      now = next.when();
      next.action().run();
    }
    now = end;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    tasks.clear();
  }

  private record Task(Instant when, long sequence, Runnable action) {}
}
