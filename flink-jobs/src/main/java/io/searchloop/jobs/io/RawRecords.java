package io.searchloop.jobs.io;

import io.searchloop.jobs.intake.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Frees Kafka's records from Kafka's types. */
final class RawRecords {
  private static final byte[] NO_KEY = {};

  private RawRecords() {}

  static RawRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key() == null ? NO_KEY : record.key(),
        record.value());
  }
}
