package io.searchloop.jobs.intake;

import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a topic.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset in the partition
 * @param timestamp the broker's timestamp, epoch milliseconds
 * @param key key bytes; empty for none
 * @param value value bytes; null for a tombstone
 */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared: a carrier from the consumer to the decoder
public record RawRecord(
    String topic, int partition, long offset, long timestamp, byte[] key, byte @Nullable [] value) {

  /** Where it lies, for messages. */
  String where() {
    return topic + "-" + partition + "@" + offset;
  }
}
