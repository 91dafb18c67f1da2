package io.searchloop.jobs.io;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records with what each task opens for itself; registry clients do not serialize. */
@SuppressWarnings("NullAway.Init") // Flink opens the schema before the first record
final class OpenedSchema<T> implements KafkaRecordDeserializationSchema<T> {
  private static final long serialVersionUID = 1L;

  /** Turns one Kafka record into one of ours. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ConsumerRecord<byte[], byte[]> record);
  }

  private final TypeInformation<T> type;
  private final SerializableSupplier<Reader<T>> opening;
  private transient Reader<T> reader;

  OpenedSchema(TypeInformation<T> type, SerializableSupplier<Reader<T>> opening) {
    this.type = type;
    this.opening = opening;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = opening.get();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
    out.collect(reader.read(record));
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
