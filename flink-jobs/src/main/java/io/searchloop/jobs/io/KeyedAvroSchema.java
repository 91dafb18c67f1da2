package io.searchloop.jobs.io;

import io.searchloop.schemas.serde.AvroSerde;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro values in Confluent wire format under UTF-8 keys; an empty key means none. Kafka's
 * partitioner spreads them, so records of one key keep their order.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the schema before the first record
final class KeyedAvroSchema<V extends SpecificRecord> implements KafkaRecordSerializationSchema<V> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final SerializableFunction<V, String> key;
  private final SerializableSupplier<AvroSerde<V>> opening;
  private transient AvroSerde<V> serde;

  KeyedAvroSchema(
      String topic,
      SerializableFunction<V, String> key,
      SerializableSupplier<AvroSerde<V>> opening) {
    this.topic = topic;
    this.key = key;
    this.opening = opening;
  }

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    serde = opening.get();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      V record, KafkaSinkContext context, @Nullable Long timestamp) {
    String recordKey = key.apply(record);
    byte[] keyBytes = recordKey.isEmpty() ? null : recordKey.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, keyBytes, serde.encode(record));
  }
}
