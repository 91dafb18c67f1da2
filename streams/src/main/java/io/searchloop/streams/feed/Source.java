package io.searchloop.streams.feed;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.serde.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic of a feed with the handlers of its records and of its tombstones.
 *
 * @param tombstones takes the key of each; most topics retire records by epoch or by release, and
 *     need none
 */
public record Source<V extends SpecificRecord>(
    Topic<V> topic, AvroSerde<V> serde, Handler<V> handler, Consumer<String> tombstones) {

  /** A topic whose tombstones mean nothing to its reader. */
  public Source(Topic<V> topic, AvroSerde<V> serde, Handler<V> handler) {
    this(topic, serde, handler, key -> {});
  }

  /** Takes one record, on the feed's thread. */
  @FunctionalInterface
  public interface Handler<V> {
    void accept(long offset, V value);
  }

  void deliver(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      handler.accept(record.offset(), serde.deserialize(record.value()));
    } else if (record.key() != null) {
      tombstones.accept(new String(record.key(), StandardCharsets.UTF_8));
    }
  }
}
