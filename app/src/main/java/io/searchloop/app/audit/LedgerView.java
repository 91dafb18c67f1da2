package io.searchloop.app.audit;

import io.searchloop.learning.oracle.ClassCounts;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.log.Located;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job counted as of one checkpoint.
 *
 * @param checkpointId the checkpoint
 * @param watermark event-time watermark at its barrier, epoch milliseconds
 * @param nextOffsets first offset not yet read, by source partition
 * @param counts the job's own counts, by source partition
 */
record LedgerView(
    long checkpointId,
    long watermark,
    Map<SourcePartition, Long> nextOffsets,
    Map<SourcePartition, ClassCounts> counts) {

  /** Views of a job's newest checkpoints in the log, newest first. */
  static List<LedgerView> newest(List<Located<Ledger>> ledger, String job, int limit) {
    TreeMap<Long, List<Ledger>> byCheckpoint = new TreeMap<>();
    ledger.stream()
        .map(Located::value)
        .filter(record -> record.getJob().equals(job))
        .forEach(
            record ->
                byCheckpoint
                    .computeIfAbsent(record.getCheckpointId(), id -> new ArrayList<>())
                    .add(record));
    return byCheckpoint.descendingMap().entrySet().stream()
        .limit(limit)
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static LedgerView of(long checkpointId, List<Ledger> records) {
    Map<SourcePartition, Long> nextOffsets = new HashMap<>();
    Map<SourcePartition, ClassCounts> counts = new HashMap<>();
    long watermark = Long.MAX_VALUE;
    for (Ledger record : records) {
      SourcePartition partition = new SourcePartition(record.getTopic(), record.getPartition());
      nextOffsets.put(partition, record.getNextOffset());
      counts.put(partition, counts(record));
      watermark = Math.min(watermark, record.getWatermark());
    }
    return new LedgerView(checkpointId, watermark, nextOffsets, counts);
  }

  private static ClassCounts counts(Ledger record) {
    Map<RecordClass, Long> byClass = new EnumMap<>(RecordClass.class);
    byClass.put(RecordClass.JOINED, record.getJoined());
    byClass.put(RecordClass.DUPLICATE, record.getDuplicate());
    byClass.put(RecordClass.QUARANTINED, record.getQuarantined());
    byClass.put(RecordClass.DANGLING, record.getDangling());
    byClass.put(RecordClass.ERASED, record.getErased());
    byClass.put(RecordClass.LATE, record.getLate());
    byClass.put(RecordClass.DEAD_LETTER, record.getDeadLetter());
    byClass.put(RecordClass.PENDING, record.getPending());
    return new ClassCounts(record.getAccepted(), byClass);
  }
}
