package io.searchloop.jobs.ledger;

/**
 * Marks of one source partition that one task counted between two barriers. Public for Flink's
 * serializers.
 *
 * @param topic topic of the partition
 * @param partition its number
 * @param nextOffset first offset beyond those read; 0 when none was
 * @param counts number of marks, by ordinal of {@link LedgerMark}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: added up at once
public record LedgerCounts(String topic, int partition, long nextOffset, long[] counts) {}
