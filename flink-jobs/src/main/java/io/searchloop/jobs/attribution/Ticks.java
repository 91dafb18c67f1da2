package io.searchloop.jobs.attribution;

import java.io.Serializable;

/**
 * The grid that watermarks lie on: every watermark is {@code k * tick - 1}. So one timer serves all
 * records of a visitor within a tick, and yet everything up to a watermark has been worked off when
 * it has passed, which is what ledger and oracle rely on.
 *
 * @param millis length of a tick
 */
record Ticks(long millis) implements Serializable {
  /** The watermark for an event-time progress, epoch milliseconds. */
  long watermark(long progress) {
    return progress < Long.MIN_VALUE + millis
        ? Long.MIN_VALUE
        : Math.floorDiv(progress + 1, millis) * millis - 1;
  }

  /** The first watermark that has reached an instant. */
  long reaching(long time) {
    return time > Long.MAX_VALUE - millis
        ? Long.MAX_VALUE
        : Math.floorDiv(time, millis) * millis + millis - 1;
  }
}
