package io.searchloop.learning.oracle;

/**
 * Where one record lies.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset in the partition
 */
public record SourcePosition(String topic, int partition, long offset) {
  /** Its partition. */
  public SourcePartition sourcePartition() {
    return new SourcePartition(topic, partition);
  }
}
