package io.searchloop.jobs.past;

import io.searchloop.schemas.Ledger;
import java.util.HashMap;
import java.util.Map;

/**
 * Where earlier runs ended: what they had read, and how far event time had come. What they had not
 * read arrives behind that, as it would have if they had gone on: tuples were made without it.
 */
public final class PastEnd {
  /** Nothing was read before. */
  public static final PastEnd NONE = new PastEnd(Map.of(), Long.MIN_VALUE);

  private final Map<Partition, Long> nextOffsets;
  private final long watermark;

  private record Partition(String topic, int number) {}

  private PastEnd(Map<Partition, Long> nextOffsets, long watermark) {
    this.nextOffsets = Map.copyOf(nextOffsets);
    this.watermark = watermark;
  }

  /**
   * How far event time had come before a record was read, epoch milliseconds: to the end for one
   * that was never read; the least for others, of which the letters tell which were late.
   */
  public long watermarkBefore(String topic, int partition, long offset) {
    if (nextOffsets.isEmpty()) {
      return Long.MIN_VALUE;
    }
    long next = nextOffsets.getOrDefault(new Partition(topic, partition), 0L);
    return offset < next ? Long.MIN_VALUE : watermark;
  }

  /** How far event time had come, epoch milliseconds; the least for not at all. */
  public long watermark() {
    return watermark;
  }

  /**
   * Collects it from the ledger. The furthest of all runs counts: one that itself read everything
   * again may have ended before it had caught up. One thread.
   */
  public static final class Collector {
    private final Map<Partition, Long> nextOffsets = new HashMap<>();
    private long watermark = Long.MIN_VALUE;

    /** Notes an entry of the job. A drained job reached the end of time, which is no progress. */
    public void add(Ledger ledger) {
      nextOffsets.merge(
          new Partition(ledger.getTopic(), ledger.getPartition()),
          ledger.getNextOffset(),
          Math::max);
      if (ledger.getWatermark() < Long.MAX_VALUE) {
        watermark = Math.max(watermark, ledger.getWatermark());
      }
    }

    /** What was collected. */
    public PastEnd end() {
      return new PastEnd(nextOffsets, watermark);
    }
  }
}
