package io.searchloop.streams.decision;

import java.util.Locale;

/** Why a query is answered without a rewrite although its arm rewrites. */
public enum FallbackReason {
  /** The arm's slot is empty. */
  NO_POLICY,
  /** The worker has no session of the release on trial; the active one answers instead. */
  NO_CANDIDATE,
  /** The drawn candidate is no text; it stays the served candidate, so the policy learns of it. */
  INVALID_CANDIDATE,
  /** A rule of the shop refuses the drawn candidate; it stays served, and teaches nothing. */
  REFUSED_BY_RULE,
  /** The candidates were not ready in time. */
  DEADLINE,
  /** The session failed. */
  SESSION_ERROR;

  /** Name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
