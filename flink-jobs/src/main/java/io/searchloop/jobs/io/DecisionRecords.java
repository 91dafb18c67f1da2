package io.searchloop.jobs.io;

import io.searchloop.jobs.engine.DecisionRecord;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.UndecodableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads decisions with their original bytes; what is none is passed on as such. */
final class DecisionRecords {
  private static final byte[] NONE = {};

  private DecisionRecords() {}

  static DecisionRecord of(ConsumerRecord<byte[], byte[]> record, AvroSerde<Decision> serde) {
    return new DecisionRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        decision(record.value(), serde),
        record.key() == null ? NONE : record.key(),
        record.value() == null ? NONE : record.value());
  }

  /** An unreachable registry is no property of the record: its exception restarts the job. */
  private static @Nullable Decision decision(byte @Nullable [] value, AvroSerde<Decision> serde) {
    if (value == null) {
      return null;
    }
    try {
      return serde.deserialize(value);
    } catch (UndecodableRecordException e) {
      return null;
    }
  }
}
