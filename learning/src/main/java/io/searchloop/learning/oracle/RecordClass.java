package io.searchloop.learning.oracle;

/** What becomes of a record; the addends of the audit equation. */
public enum RecordClass {
  JOINED,
  DUPLICATE,
  QUARANTINED,
  DANGLING,
  ERASED,
  LATE,
  DEAD_LETTER,
  PENDING
}
