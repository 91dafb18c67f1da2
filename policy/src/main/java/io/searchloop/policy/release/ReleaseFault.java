package io.searchloop.policy.release;

import java.util.Locale;

/** Why a release must not be served: one word for metrics, beside the message for people. */
public enum ReleaseFault {
  /** Pieces are missing or too short: pruned, cut off, or not committed yet. */
  INCOMPLETE,
  /** The bytes are not those the manifest names. */
  HASH,
  /** No signature, where one is required. */
  UNSIGNED,
  /** Signed by a key that is not trusted, or no longer. */
  UNTRUSTED_KEY,
  /** The signature does not fit the manifest. */
  SIGNATURE,
  /** The release that a delta builds upon is missing or another one. */
  BASE,
  /** A delta that cannot be read. */
  DELTA,
  /** Manifest or artifact of a format this reader does not know. */
  FORMAT,
  /** Tokenizer and graph speak of different vocabularies. */
  VOCABULARY,
  /** Not of the form that its format says. */
  UNREADABLE,
  /** The graph does not load, or its ends are not those agreed on. */
  GRAPH,
  /** It loads, and does not answer as it should. */
  SELF_TEST;

  /** Whether the same release may be whole a moment later, with nobody deciding anew. */
  public boolean passing() {
    return this == INCOMPLETE || this == BASE;
  }

  /** Value of a metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
