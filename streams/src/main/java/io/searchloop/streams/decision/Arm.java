package io.searchloop.streams.decision;

import java.util.Locale;

/** What happens to a visitor's queries. */
public enum Arm {
  /** Never rewritten: the holdout every gain is measured against. */
  IDENTITY,
  /** Rewritten by the frozen warm start: what learning since then is measured against. */
  REFERENCE,
  /** Rewritten by the active policy, and learnt from. */
  POLICY;

  /** Logged for a query that its arm could not rewrite. */
  public static final String FALLBACK = "fallback";

  /** Name in decisions and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
