package io.searchloop.jobs.ledger;

import java.util.List;
import java.util.Locale;

/** What happened to a record. Each record is marked as it is read and as it is classed. */
public enum LedgerMark {
  /** Read from its topic. */
  READ,
  /** Attributed to a search, or opened one. */
  JOINED,
  /** Seen before. */
  DUPLICATE,
  /** Came from a visitor that a trust rule has condemned. */
  QUARANTINED,
  /** Belongs to no search that is known and open. */
  DANGLING,
  /** Arrived behind the watermark. */
  LATE,
  /** Unusable. */
  DEAD_LETTER,
  /** Opened a search whose mode earns no tuple. */
  UNSUPPORTED_MODE,
  /** Condemned its visitor. */
  VERDICT,
  /** Made a page void by sorting or filtering it. */
  VOID_PAGE,
  /** Earned less than its price because the visitor's cap was reached. */
  CAPPED,
  /** Showed a search beyond the visitor's share of training. */
  WITHHELD_FROM_TRAINING,
  /** Erased its visitor, or belongs to nothing known since that was done. */
  ERASED,
  /** Ended an open search by erasing its visitor. */
  SEARCH_ERASED;

  /** Marks that class a record; with what is pending they add up to what was read. */
  static final List<LedgerMark> CLASSES =
      List.of(JOINED, DUPLICATE, QUARANTINED, DANGLING, LATE, DEAD_LETTER, ERASED);

  /** Further counts, not classes: a record may have several. */
  static final List<LedgerMark> REMARKS =
      List.of(UNSUPPORTED_MODE, VERDICT, VOID_PAGE, CAPPED, WITHHELD_FROM_TRAINING, SEARCH_ERASED);

  /** Name in metrics and in the ledger's counters. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
