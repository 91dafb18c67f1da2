package io.searchloop.jobs.ledger;

/**
 * One mark on one record.
 *
 * @param topic topic of the record
 * @param partition its partition
 * @param offset its offset
 * @param mark what happened to it
 */
public record LedgerEntry(String topic, int partition, long offset, LedgerMark mark) {}
