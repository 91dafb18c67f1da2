package io.searchloop.jobs.ledger;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.WaitingRecord;

/**
 * One mark on one record.
 *
 * @param topic topic of the record
 * @param partition its partition
 * @param offset its offset
 * @param mark what happened to it
 */
public record LedgerEntry(String topic, int partition, long offset, LedgerMark mark) {
  /** A mark on a record that has waited. */
  public static LedgerEntry of(WaitingRecord record, LedgerMark mark) {
    return new LedgerEntry(record.topic(), record.partition(), record.offset(), mark);
  }

  /** A mark on a source record. */
  public static LedgerEntry of(SourceRecord record, LedgerMark mark) {
    return new LedgerEntry(record.topic(), record.partition(), record.offset(), mark);
  }
}
