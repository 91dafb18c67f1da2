package io.searchloop.app.privacy;

import java.time.Instant;

/**
 * An erasure on the event topic.
 *
 * @param name the visitor's name it is for
 * @param at event time up to which everything is forgotten
 * @param state what became of it
 */
public record Erasure(String name, int partition, long offset, Instant at, State state) {
  /** What became of an erasure. */
  public enum State {
    /** Written; event time has not reached it in any checkpoint yet. */
    PENDING,
    /** A checkpoint of the reward job no longer has the visitor. */
    DONE,
    /** The reward job refused it: see the dead letters. */
    REFUSED
  }

  Erasure becoming(State other) {
    return new Erasure(name, partition, offset, at, other);
  }
}
