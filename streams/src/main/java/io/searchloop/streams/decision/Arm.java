package io.searchloop.streams.decision;

import java.util.Locale;

/** What happens to a visitor's queries. */
public enum Arm {
  /** Never rewritten: the holdout every gain is measured against. */
  IDENTITY,
  /** Rewritten by the frozen warm start: what learning since then is measured against. */
  REFERENCE,
  /** Rewritten by the active policy, and learnt from. */
  POLICY,
  /** Rewritten by the release on trial, and learnt from: the policy arm is its control. */
  CANARY;

  /** Logged for a query that its arm could not rewrite. */
  public static final String FALLBACK = "fallback";

  /** Logged for a merged page: it is neither the policy's nor identity's, and judges neither. */
  public static final String MULTILEAVED = "multileaved";

  /**
   * Logged for a tail query of the policy arm that is answered without a rewrite while the engine
   * judges its rollouts. Not {@code identity}: those visitors are a random share of all, tail
   * queries are not.
   */
  public static final String TAIL_IDENTITY = "tail-identity";

  /**
   * Logged for a query whose rewrite the shop's rules say, whatever the visitor's arm: it compares
   * no arms.
   */
  public static final String PINNED = "pinned";

  /** Likewise for a query that the rules want searched as typed. */
  public static final String NEVER_REWRITTEN = "never-rewritten";

  /** Logged for rollouts that only the engine judges. */
  public static final String ENGINE_ONLY = "engine-only";

  /** Logged for rollouts of a release on trial that only the engine judges. */
  public static final String SHADOW = "shadow";

  /** Name in decisions and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
