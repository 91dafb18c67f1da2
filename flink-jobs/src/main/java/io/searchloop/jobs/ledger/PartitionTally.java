package io.searchloop.jobs.ledger;

import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.Ledger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of one source partition. Mutable; confined to the thread of its operator. */
final class PartitionTally {
  private final long[] counts = new long[LedgerMark.values().length];
  private final SourcePartition source;
  private long nextOffset;

  PartitionTally(SourcePartition source) {
    this.source = source;
  }

  /** The tally a ledger record speaks of. */
  static PartitionTally restored(Ledger ledger) {
    PartitionTally tally =
        new PartitionTally(new SourcePartition(ledger.getTopic(), ledger.getPartition()));
    tally.nextOffset = ledger.getNextOffset();
    tally.counts[LedgerMark.READ.ordinal()] = ledger.getAccepted();
    tally.counts[LedgerMark.JOINED.ordinal()] = ledger.getJoined();
    tally.counts[LedgerMark.DUPLICATE.ordinal()] = ledger.getDuplicate();
    tally.counts[LedgerMark.QUARANTINED.ordinal()] = ledger.getQuarantined();
    tally.counts[LedgerMark.DANGLING.ordinal()] = ledger.getDangling();
    tally.counts[LedgerMark.LATE.ordinal()] = ledger.getLate();
    tally.counts[LedgerMark.DEAD_LETTER.ordinal()] = ledger.getDeadLetter();
    tally.counts[LedgerMark.ERASED.ordinal()] = ledger.getErased();
    for (LedgerMark remark : LedgerMark.REMARKS) {
      tally.counts[remark.ordinal()] = ledger.getCounters().getOrDefault(remark.wireName(), 0L);
    }
    return tally;
  }

  /** Whether this is the tally of the entry's partition. */
  boolean counts(LedgerEntry entry) {
    return source.partition() == entry.partition() && source.topic().equals(entry.topic());
  }

  void add(LedgerEntry entry) {
    counts[entry.mark().ordinal()]++;
    if (entry.mark() == LedgerMark.READ) {
      nextOffset = Math.max(nextOffset, entry.offset() + 1);
    }
  }

  void add(LedgerCounts more) {
    nextOffset = Math.max(nextOffset, more.nextOffset());
    for (int mark = 0; mark < counts.length; mark++) {
      counts[mark] += more.counts()[mark];
    }
  }

  LedgerCounts toCounts() {
    return new LedgerCounts(source.topic(), source.partition(), nextOffset, counts.clone());
  }

  Ledger toLedger(String job, long checkpointId, long watermark) {
    return Ledger.newBuilder()
        .setJob(job)
        .setCheckpointId(checkpointId)
        .setTopic(source.topic())
        .setPartition(source.partition())
        .setNextOffset(nextOffset)
        .setAccepted(count(LedgerMark.READ))
        .setJoined(count(LedgerMark.JOINED))
        .setDuplicate(count(LedgerMark.DUPLICATE))
        .setQuarantined(count(LedgerMark.QUARANTINED))
        .setDangling(count(LedgerMark.DANGLING))
        .setLate(count(LedgerMark.LATE))
        .setDeadLetter(count(LedgerMark.DEAD_LETTER))
        .setErased(count(LedgerMark.ERASED))
        .setPending(pending())
        .setWatermark(watermark)
        .setCounters(remarks())
        .build();
  }

  /** Read and not classed yet. */
  private long pending() {
    return count(LedgerMark.READ) - LedgerMark.CLASSES.stream().mapToLong(this::count).sum();
  }

  private Map<String, Long> remarks() {
    Map<String, Long> remarks = new LinkedHashMap<>();
    LedgerMark.REMARKS.forEach(remark -> remarks.put(remark.wireName(), count(remark)));
    return remarks;
  }

  private long count(LedgerMark mark) {
    return counts[mark.ordinal()];
  }
}
