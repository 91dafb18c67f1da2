package io.searchloop.trainer.intake;

import java.util.Locale;

/** Why a minibatch changed nothing. Each refusal is counted under {@link #key} and released so. */
public enum RefusalReason {
  /** Its bytes are no record. */
  UNDECODABLE,
  /** A kind this trainer does not know. */
  UNKNOWN_KIND,
  /** No group and no pair in it. */
  EMPTY,
  /** Sampled under releases that a rollback withdrew, or that this log never had. */
  FOREIGN_LINEAGE,
  /** Every sequence is older than {@code trainer.max-staleness} steps. */
  STALE,
  /** Tokens that break the rewrite format, or log-probabilities of another length. */
  MALFORMED,
  /** A log-probability, reward or advantage is not a finite number. */
  NOT_FINITE,
  /** A kind that {@code trainer.algorithm} does not learn from. */
  OTHER_ALGORITHM,
  /** The behaviour policies are too far from the current one to learn from. */
  DIVERGED,
  /** Loss or gradient came out as no finite number. */
  LOSS_NOT_FINITE,
  /** It trained weights that the release gate refused, so the weights went back. */
  GATE,
  /** It trained weights that a rollback withdrew before they were released. */
  WITHDRAWN;

  /** Name in metrics, provenance and status. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
