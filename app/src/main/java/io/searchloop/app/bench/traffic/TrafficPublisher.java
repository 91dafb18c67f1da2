package io.searchloop.app.bench.traffic;

import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes traffic to topics of its own, made with the schemas and settings of the live ones. A
 * record that cannot be written fails the next call: a benchmark on half of its records measures
 * nothing.
 */
public final class TrafficPublisher implements AutoCloseable {
  private static final int PARTITIONS = 2;

  private final String prefix;
  private final AvroSerde<Decision> decisions;
  private final AvroSerde<SearchEvent> events;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Serdes serdes;

  /**
   * Connects, and makes the topics that are missing.
   *
   * @param prefix of the topics
   */
  public TrafficPublisher(Brokers bootstrapServers, Serdes serdes, String prefix) {
    this.prefix = prefix;
    this.serdes = serdes;
    this.decisions = serdes.of(Topics.DECISIONS.prefixed(prefix));
    this.events = serdes.of(Topics.EVENTS.prefixed(prefix));
    try (TopicAdmin admin = new TopicAdmin(bootstrapServers, prefix, PARTITIONS)) {
      List<String> differences = admin.ensure(Topics.ALL);
      if (!differences.isEmpty()) {
        throw new IllegalStateException(String.join(" ", differences));
      }
      admin.registerSchemas(serdes.client(), Topics.ALL);
    }
    this.producer =
        new KafkaProducer<>(
            bootstrapServers.with(
                Map.of(
                    "linger.ms",
                    "20",
                    "batch.size",
                    "262144",
                    // A partition new to the producer takes any first sequence number. When its
                    // leader
                    // changes under several requests a later one may get in first, and the earlier
                    // ones
                    // are then refused as out of order until they expire.
                    "max.in.flight.requests.per.connection",
                    "1")),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Writes the configuration that prices the traffic. */
  public void publish(RewardConfig config) {
    Topic<RewardConfig> topic = Topics.REWARD_CONFIG.prefixed(prefix);
    send(topic, null, config.getName(), serdes.of(topic).encode(config));
  }

  /** Writes a record to the partition of its visitor; returns the bytes of key and value. */
  int publish(TrafficRecord record) {
    return publish(record.visitor(), record.value(), null);
  }

  /**
   * Writes a record.
   *
   * @param partition where; null for the partition of its visitor
   */
  int publish(String visitor, SpecificRecord value, @Nullable Integer partition) {
    boolean decision = value instanceof Decision;
    byte[] bytes =
        decision ? decisions.encode((Decision) value) : events.encode((SearchEvent) value);
    Topic<?> topic = (decision ? Topics.DECISIONS : Topics.EVENTS).prefixed(prefix);
    send(topic, partition, visitor, bytes);
    return visitor.length() + bytes.length;
  }

  /** Partitions of the topics of decisions and of events. */
  int partitions() {
    return PARTITIONS;
  }

  /** Waits until everything is written. */
  public void flush() {
    producer.flush();
    requireSound();
  }

  private void send(Topic<?> topic, @Nullable Integer partition, String key, byte[] value) {
    requireSound();
    producer.send(
        new ProducerRecord<>(topic.name(), partition, key, value),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  private void requireSound() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("Traffic cannot be written to " + prefix + "*", cause);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
