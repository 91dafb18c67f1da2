package io.searchloop.streams.feed;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.serde.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic of a feed with the handler of its records. Tombstones are not delivered: the topics that
 * feeds read retire records by epoch or by release.
 */
public record Source<V extends SpecificRecord>(
    Topic<V> topic, AvroSerde<V> serde, Handler<V> handler) {

  /** Takes one record, on the feed's thread. */
  @FunctionalInterface
  public interface Handler<V> {
    void accept(long offset, V value);
  }

  void deliver(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      handler.accept(record.offset(), serde.deserialize(record.value()));
    }
  }
}
