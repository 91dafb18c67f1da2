package io.searchloop.learning.experiment;

import java.util.Locale;

/** What is compared between the visitors of a candidate and those of its control. */
public enum Metric {
  /** Mean reward of a search. */
  REWARD(1),
  /** Share of searches with an empty page. */
  NULL_RESULTS(-1),
  /** Mean time to a decision, milliseconds. */
  LATENCY(-1),
  /** Share of searches after which the shopper did nothing. */
  ABANDONMENT(-1),
  /** Mean length of the rewrite, characters. */
  REWRITE_LENGTH(-1);

  private final int orientation;

  Metric(int orientation) {
    this.orientation = orientation;
  }

  /** 1 when more is better, -1 when less is. */
  public int orientation() {
    return orientation;
  }

  /** Name in control records and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
