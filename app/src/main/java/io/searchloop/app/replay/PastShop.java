package io.searchloop.app.replay;

import io.searchloop.app.dataset.PastEvents;
import java.time.Duration;
import java.util.Map;

/** Turns the log of a real shop into decisions and events. */
interface PastShop {
  /** What is real and what is not, in one sentence. */
  String label();

  /** Settings that fit the log where the loop's defaults do not. */
  Map<String, String> defaults();

  /** How far before the time of its line a record may lie. */
  Duration horizon();

  /**
   * Reads the log once.
   *
   * @param limit lines to read at most
   * @param searches puts searches before outcomes
   * @param records where records go, in the order of their timestamps
   * @return what became of the lines, counted by outcome
   */
  Map<String, Long> replay(
      PastEvents log, long limit, ReconstructedSearches searches, EventTimeOrder records);
}
