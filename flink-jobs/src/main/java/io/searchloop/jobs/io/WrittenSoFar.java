package io.searchloop.jobs.io;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far topics had been written when a job was laid out, so before any of its tasks began. A run
 * that was killed leaves transactions open, which hide what was committed after them: whoever reads
 * what it left waits until they have ended. The job's own sinks end them when they start; at the
 * latest the broker does, after {@link KafkaSinks#TRANSACTION_TIMEOUT}. Immutable.
 */
final class WrittenSoFar implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(WrittenSoFar.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = KafkaSinks.TRANSACTION_TIMEOUT.plusMinutes(5);
  private static final int LOOKS_PER_LINE = 100;

  /** Next offset by topic and partition; open transactions included. */
  private final HashMap<String, HashMap<Integer, Long>> ends;

  private WrittenSoFar(HashMap<String, HashMap<Integer, Long>> ends) {
    this.ends = ends;
  }

  /** How far topics are written now. */
  static WrittenSoFar on(Brokers brokers, List<String> topics) {
    HashMap<String, HashMap<Integer, Long>> ends = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers, "read_uncommitted")) {
      for (String topic : topics) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        HashMap<Integer, Long> next = new HashMap<>();
        consumer
            .endOffsets(partitions)
            .forEach((partition, end) -> next.put(partition.partition(), end));
        ends.put(topic, next);
      }
    }
    return new WrittenSoFar(ends);
  }

  /** Reads what a topic held, once it is committed or given up; nothing is opened for none. */
  <V extends SpecificRecord> void read(
      Topic<V> topic, Brokers brokers, Serdes serdes, Consumer<V> reader) {
    Map<Integer, Long> ends = written(topic.name());
    if (ends.values().stream().noneMatch(end -> end > 0)) {
      return;
    }
    awaitCommitted(brokers, topic.name());
    try (TopicLog<V> records = new TopicLog<>(topic, brokers, serdes)) {
      records.toEnd(
          located -> {
            // What lies beyond is of the run that asks, which restarts and remembers it itself.
            if (located.offset() < ends.getOrDefault(located.partition(), 0L)) {
              reader.accept(located.value());
            }
          });
    }
  }

  /**
   * Waits until the transactions that a topic held have ended.
   *
   * @throws IllegalStateException when one stays open for longer than any may
   */
  private void awaitCommitted(Brokers brokers, String topic) {
    try (KafkaConsumer<byte[], byte[]> committed = consumer(brokers, "read_committed")) {
      for (int looks = 1; !ended(topic, committed); looks++) {
        if (LOOK.multipliedBy(looks).compareTo(PATIENCE) > 0) {
          throw new IllegalStateException(
              "%s: a transaction has been open for %s, expected none beyond %s. End it with Kafka's kafka-transactions.sh find-hanging and abort."
                  .formatted(topic, PATIENCE, KafkaSinks.TRANSACTION_TIMEOUT));
        }
        if (looks % LOOKS_PER_LINE == 0) {
          log.info("Waiting for transactions on {} that an earlier run left open", topic);
        }
        LockSupport.parkNanos(LOOK.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("Interrupted while waiting for transactions on " + topic);
        }
      }
    }
  }

  private boolean ended(String topic, KafkaConsumer<byte[], byte[]> committed) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    written(topic)
        .forEach((partition, end) -> wanted.put(new TopicPartition(topic, partition), end));
    Map<TopicPartition, Long> visible = committed.endOffsets(wanted.keySet());
    return wanted.entrySet().stream()
        .allMatch(end -> visible.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private Map<Integer, Long> written(String topic) {
    return ends.getOrDefault(topic, new HashMap<>());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Brokers brokers, String isolation) {
    return new KafkaConsumer<>(
        brokers.with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
