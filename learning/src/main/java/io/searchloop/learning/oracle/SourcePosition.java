package io.searchloop.learning.oracle;

import java.util.Comparator;

/**
 * Where one record lies.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset in the partition
 */
public record SourcePosition(String topic, int partition, long offset) {
  /** Decides between records that nothing else tells apart. */
  static final Comparator<SourcePosition> ORDER =
      Comparator.comparingLong(SourcePosition::offset)
          .thenComparing(SourcePosition::topic)
          .thenComparingInt(SourcePosition::partition);

  /** Its partition. */
  public SourcePartition sourcePartition() {
    return new SourcePartition(topic, partition);
  }
}
