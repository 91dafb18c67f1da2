package io.searchloop.streams.inference;

import java.time.Instant;
import java.time.InstantSource;

/** How long an answer is worth waiting for. Asked between decoding steps, which are short. */
@FunctionalInterface
public interface Deadline {
  /** For callers that wait as long as it takes. */
  Deadline NONE = () -> false;

  /** Whether it is too late to go on. */
  boolean passed();

  /** A deadline by a clock. */
  static Deadline at(Instant end, InstantSource clock) {
    return () -> clock.instant().isAfter(end);
  }
}
