package io.searchloop.streams.signal;

import io.searchloop.schemas.Decision;

/** Where decisions are remembered. */
@FunctionalInterface
public interface DecisionLog {
  /** Hands over a decision. Never waits and never throws; a decision that is lost is counted. */
  void append(Decision decision);
}
