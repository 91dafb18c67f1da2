package io.searchloop.jobs.attribution;

import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.schemas.RewardTuple;

/** Where a visitor's timeline says what became of its records and what its searches earned. */
interface Journal {
  /** Marks the record being worked off. */
  void mark(LedgerMark mark);

  /** Emits a base tuple or a correction. */
  void emit(RewardTuple tuple);
}
