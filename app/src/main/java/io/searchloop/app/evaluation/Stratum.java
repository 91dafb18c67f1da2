package io.searchloop.app.evaluation;

import java.util.Locale;

/** Kinds of queries that are judged apart, because a mean over all hides where a rewrite helps. */
public enum Stratum {
  /** Every judged query. */
  ALL,
  /** A correction is known: evaluation alone looks at it. */
  MISSPELT,
  /** No correction is known. */
  OTHER,
  /** The most popular queries that make up a third of the searches. */
  HEAD,
  /** The next third. */
  TORSO,
  /** The rest. */
  TAIL,
  /** As typed, fewer products are found than the first hundred. */
  FEW_RESULTS;

  /** Name in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
