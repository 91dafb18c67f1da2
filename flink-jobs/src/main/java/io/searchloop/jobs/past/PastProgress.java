package io.searchloop.jobs.past;

import io.searchloop.schemas.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far event time had come while an earlier run read its records. A record that was in time then
 * lay after the watermark of the checkpoint before it; whoever reads it again and lets event time
 * go no further than that watermark has it in time again, whatever order partitions are read in.
 */
public final class PastProgress {
  /** Nothing was read before. */
  public static final PastProgress NONE = new PastProgress(Map.of());

  private final Map<Partition, NavigableMap<Long, Long>> watermarkBefore;

  private record Partition(String topic, int number) {}

  private PastProgress(Map<Partition, NavigableMap<Long, Long>> watermarkBefore) {
    this.watermarkBefore = Map.copyOf(watermarkBefore);
  }

  /** Whether nothing was read before. */
  public boolean isEmpty() {
    return watermarkBefore.isEmpty();
  }

  /**
   * How far event time may go while a record is the next to be read, epoch milliseconds.
   *
   * @param offset first offset of the partition that has not been read
   */
  public long atMost(String topic, int partition, long offset) {
    if (watermarkBefore.isEmpty()) {
      return Long.MAX_VALUE;
    }
    NavigableMap<Long, Long> intervals = watermarkBefore.get(new Partition(topic, partition));
    Map.Entry<Long, Long> interval = intervals == null ? null : intervals.higherEntry(offset);
    return interval == null ? Long.MAX_VALUE : interval.getValue();
  }

  /**
   * Collects it from the ledger. Runs that began without state are told by the number between them
   * that is missing; one that is missing for another reason holds event time a little longer. One
   * thread.
   */
  public static final class Collector {
    private final TreeMap<Long, List<Ledger>> checkpoints = new TreeMap<>();

    /** Notes an entry of the job. */
    public void add(Ledger ledger) {
      checkpoints.computeIfAbsent(ledger.getCheckpointId(), id -> new ArrayList<>()).add(ledger);
    }

    /** What was collected. */
    public PastProgress progress() {
      Map<Partition, NavigableMap<Long, Long>> before = new HashMap<>();
      long number = 0;
      long watermark = Long.MIN_VALUE;
      for (Map.Entry<Long, List<Ledger>> checkpoint : checkpoints.entrySet()) {
        boolean follows = checkpoint.getKey() == number + 1;
        for (Ledger ledger : checkpoint.getValue()) {
          before
              .computeIfAbsent(
                  new Partition(ledger.getTopic(), ledger.getPartition()), p -> new TreeMap<>())
              .putIfAbsent(ledger.getNextOffset(), follows ? watermark : Long.MIN_VALUE);
        }
        number = checkpoint.getKey();
        watermark =
            checkpoint.getValue().stream()
                .mapToLong(Ledger::getWatermark)
                .min()
                .orElse(Long.MIN_VALUE);
      }
      return new PastProgress(before);
    }
  }
}
