package io.searchloop.app.bench.freshness;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * When records became visible to a read_committed reader that polls all the time: a record of a
 * transaction is of no use to anybody before its commit, whatever time it carries. Reads from the
 * ends of the topics as they were when it started. Handlers run on its one thread.
 */
final class VisibleRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final InstantSource clock;
  private final Map<String, Source<?>> sources = new HashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Serdes serdes;
  private final Thread thread = new Thread(this::run, "visible-records");
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  VisibleRecords(Brokers bootstrapServers, Serdes serdes, InstantSource clock) {
    this.serdes = serdes;
    this.clock = clock;
    this.consumer =
        new KafkaConsumer<>(
            bootstrapServers.with(
                Map.of("isolation.level", "read_committed", "enable.auto.commit", false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    thread.setDaemon(true);
  }

  /** Follows a topic; before {@link #start}. */
  <V extends SpecificRecord> VisibleRecords on(Topic<V> topic, Consumer<Sighting<V>> handler) {
    sources.put(topic.name(), new Source<>(serdes.of(topic), handler));
    return this;
  }

  void start() {
    List<TopicPartition> partitions =
        sources.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread.start();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
    RuntimeException stopped = failure;
    if (stopped != null) {
      throw new IllegalStateException("Watching the topics stopped: " + stopped, stopped);
    }
  }

  private void run() {
    try {
      watch();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void watch() {
    while (!closing) {
      var records = consumer.poll(POLL);
      Instant now = clock.instant();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.value() != null) {
          Objects.requireNonNull(sources.get(record.topic())).deliver(record, now);
        }
      }
    }
  }

  /**
   * A record and when it could be read.
   *
   * @param seenAt by the clock of this program
   */
  record Sighting<V>(long offset, Instant seenAt, V value) {}

  private record Source<V extends SpecificRecord>(
      AvroSerde<V> serde, Consumer<Sighting<V>> handler) {
    void deliver(ConsumerRecord<byte[], byte[]> record, Instant now) {
      handler.accept(new Sighting<>(record.offset(), now, serde.deserialize(record.value())));
    }
  }
}
