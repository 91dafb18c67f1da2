package io.searchloop.jobs.ledger;

import java.util.Locale;

/** What happened to a record. Each record is marked as it is read, held, released and classed. */
public enum LedgerMark {
  /** Read from its topic. */
  READ,
  /** Taken into state until the watermark passes it. */
  HELD,
  /** Left that state. */
  RELEASED,
  /** Attributed to a search, or opened one. */
  JOINED,
  /** Seen before. */
  DUPLICATE,
  /** Set aside by a trust rule. */
  QUARANTINED,
  /** Belongs to no search that is known and open. */
  DANGLING,
  /** Arrived behind the watermark. */
  LATE,
  /** Unusable. */
  DEAD_LETTER,
  /** Opened a search whose mode earns no tuple; a further count, not a class. */
  UNSUPPORTED_MODE;

  /** Name in metrics and in the ledger's counters. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
