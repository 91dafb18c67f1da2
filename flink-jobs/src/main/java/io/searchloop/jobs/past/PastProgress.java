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

  /** Intervals of offsets that it tells apart, of all partitions. */
  int intervals() {
    return watermarkBefore.values().stream().mapToInt(NavigableMap::size).sum();
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
   * Folds it from the ledger, whose checkpoints come in order. Checkpoints of one minute of event
   * time are one interval, under the earliest of their watermarks: event time waits for a minute
   * more at most, and a month of checkpoints takes a few MiB. Runs that began without state are
   * told by the number between them that is missing; one that is missing for another reason holds
   * event time a little longer. One thread.
   */
  public static final class Collector {
    private static final long INTERVAL_MS = 60_000;

    private final Map<Partition, NavigableMap<Long, Long>> before = new HashMap<>();
    private final List<Ledger> checkpoint = new ArrayList<>();
    private long number;
    private long numberBefore;
    private long watermarkBefore = Long.MIN_VALUE;

    /** Notes an entry of the job. */
    public void add(Ledger ledger) {
      if (ledger.getCheckpointId() != number) {
        endCheckpoint();
        number = ledger.getCheckpointId();
      }
      checkpoint.add(ledger);
    }

    /** What was collected. */
    public PastProgress progress() {
      endCheckpoint();
      return new PastProgress(before);
    }

    private void endCheckpoint() {
      if (checkpoint.isEmpty()) {
        return;
      }
      long atMost = number == numberBefore + 1 ? watermarkBefore : Long.MIN_VALUE;
      for (Ledger ledger : checkpoint) {
        add(
            before.computeIfAbsent(
                new Partition(ledger.getTopic(), ledger.getPartition()), p -> new TreeMap<>()),
            ledger.getNextOffset(),
            atMost);
      }
      watermarkBefore =
          checkpoint.stream().mapToLong(Ledger::getWatermark).min().orElse(Long.MIN_VALUE);
      numberBefore = number;
      checkpoint.clear();
    }

    private static void add(NavigableMap<Long, Long> intervals, long next, long atMost) {
      Map.Entry<Long, Long> last = intervals.lastEntry();
      if (last != null
          && last.getKey() < next
          && last.getValue() > Long.MIN_VALUE
          && atMost >= last.getValue()
          && atMost < last.getValue() + INTERVAL_MS) {
        intervals.remove(last.getKey());
        intervals.put(next, last.getValue());
      } else {
        intervals.putIfAbsent(next, atMost);
      }
    }
  }
}
