package io.searchloop.jobs.ledger;

import io.searchloop.schemas.Ledger;
import java.util.EnumMap;
import java.util.Map;

/** Counts of one source partition. Mutable; confined to the ledger operator's thread. */
final class PartitionTally {
  private final Map<LedgerMark, Long> counts = new EnumMap<>(LedgerMark.class);
  private final String topic;
  private final int partition;
  private long nextOffset;
  private long pending;

  PartitionTally(String topic, int partition) {
    this.topic = topic;
    this.partition = partition;
  }

  /** The tally a ledger record speaks of. */
  static PartitionTally restored(Ledger ledger) {
    PartitionTally tally = new PartitionTally(ledger.getTopic(), ledger.getPartition());
    tally.nextOffset = ledger.getNextOffset();
    tally.pending = ledger.getPending();
    tally.counts.put(LedgerMark.READ, ledger.getAccepted());
    tally.counts.put(LedgerMark.JOINED, ledger.getJoined());
    tally.counts.put(LedgerMark.DUPLICATE, ledger.getDuplicate());
    tally.counts.put(LedgerMark.QUARANTINED, ledger.getQuarantined());
    tally.counts.put(LedgerMark.DANGLING, ledger.getDangling());
    tally.counts.put(LedgerMark.LATE, ledger.getLate());
    tally.counts.put(LedgerMark.DEAD_LETTER, ledger.getDeadLetter());
    tally.counts.put(
        LedgerMark.UNSUPPORTED_MODE,
        ledger.getCounters().getOrDefault(LedgerMark.UNSUPPORTED_MODE.wireName(), 0L));
    return tally;
  }

  void add(LedgerEntry entry) {
    switch (entry.mark()) {
      case HELD -> pending++;
      case RELEASED -> pending--;
      case READ -> {
        nextOffset = Math.max(nextOffset, entry.offset() + 1);
        counts.merge(LedgerMark.READ, 1L, Long::sum);
      }
      case JOINED, DUPLICATE, QUARANTINED, DANGLING, LATE, DEAD_LETTER, UNSUPPORTED_MODE ->
          counts.merge(entry.mark(), 1L, Long::sum);
    }
  }

  Ledger toLedger(String job, long checkpointId, long watermark) {
    return Ledger.newBuilder()
        .setJob(job)
        .setCheckpointId(checkpointId)
        .setTopic(topic)
        .setPartition(partition)
        .setNextOffset(nextOffset)
        .setAccepted(count(LedgerMark.READ))
        .setJoined(count(LedgerMark.JOINED))
        .setDuplicate(count(LedgerMark.DUPLICATE))
        .setQuarantined(count(LedgerMark.QUARANTINED))
        .setDangling(count(LedgerMark.DANGLING))
        .setLate(count(LedgerMark.LATE))
        .setDeadLetter(count(LedgerMark.DEAD_LETTER))
        .setPending(pending)
        .setWatermark(watermark)
        .setCounters(
            Map.of(LedgerMark.UNSUPPORTED_MODE.wireName(), count(LedgerMark.UNSUPPORTED_MODE)))
        .build();
  }

  private long count(LedgerMark mark) {
    return counts.getOrDefault(mark, 0L);
  }
}
