package io.searchloop.app.console.view;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.serde.Serdes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows many topics with one consumer, read_committed, each from a place of its own. Counts what
 * it reads and what it cannot use. One thread polls; counts may be read by any.
 */
final class TopicTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicTail.class);

  private final Serdes serdes;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = new HashMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Map<TopicPartition, Long> firsts = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> nexts = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> backlog = new HashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Map<String, Long> unusable = new ConcurrentHashMap<>();

  TopicTail(LoopConnection loop) {
    this.serdes = loop.serdes();
    this.consumer =
        new KafkaConsumer<>(
            loop.brokers()
                .with(
                    Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Follows a topic and hands each record over. */
  <V extends SpecificRecord> void follow(Topic<V> topic, Consumer<Located<V>> reader) {
    var serde = serdes.of(topic);
    count(
        topic,
        bytes -> {
          try {
            reader.accept(
                new Located<>(
                    bytes.partition(),
                    bytes.offset(),
                    bytes.timestamp(),
                    serde.deserialize(bytes.value())));
          } catch (UncheckedIOException e) { // the registry is away: it comes again
            throw e;
          } catch (RuntimeException e) {
            unusable.merge(bytes.topic(), 1L, Long::sum);
            log.warn(
                "The console passes over {} offset {} of partition {}: {}",
                bytes.topic(),
                bytes.offset(),
                bytes.partition(),
                e.getMessage());
          }
        });
  }

  /** Follows a topic only to count its records. */
  void count(Topic<?> topic) {
    count(topic, bytes -> {});
  }

  private void count(Topic<?> topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    readers.put(topic.name(), reader);
    consumer
        .partitionsFor(topic.name())
        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    consumer.assign(partitions);
  }

  /** Begins a topic at its first record. */
  void fromBeginning(Topic<?> topic) {
    List<TopicPartition> of = of(topic);
    consumer.seekToBeginning(of);
    of.forEach(this::begun);
  }

  /** Begins a topic with what was appended since an instant. */
  void since(Topic<?> topic, Instant start) {
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            of(topic).stream()
                .collect(Collectors.toMap(Function.identity(), p -> start.toEpochMilli())));
    for (TopicPartition partition : of(topic)) {
      OffsetAndTimestamp first = found.get(partition);
      if (first == null) { // nothing as late as that
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
      begun(partition);
    }
  }

  /** Begins a topic a few records before its end. */
  void fromLast(Topic<?> topic, long records) {
    List<TopicPartition> of = of(topic);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(of);
    consumer
        .endOffsets(of)
        .forEach(
            (partition, end) -> {
              consumer.seek(
                  partition, Math.max(beginnings.getOrDefault(partition, 0L), end - records));
              begun(partition);
            });
  }

  /**
   * Reads what has come, waiting a moment.
   *
   * @throws UncheckedIOException when the registry does not answer; what was not read comes again
   */
  void poll(Duration patience) {
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(patience);
    try {
      batch.forEach(this::read);
    } catch (UncheckedIOException e) {
      for (TopicPartition partition : batch.partitions()) {
        long first = batch.records(partition).get(0).offset();
        consumer.seek(partition, Math.max(first, nexts.getOrDefault(partition, first)));
      }
      throw e;
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> bytes) {
    Consumer<ConsumerRecord<byte[], byte[]>> reader = readers.get(bytes.topic());
    if (bytes.value() != null && reader != null) {
      reader.accept(bytes);
      counts.merge(bytes.topic(), 1L, Long::sum);
    }
    nexts.put(new TopicPartition(bytes.topic(), bytes.partition()), bytes.offset() + 1);
  }

  /**
   * Whether what was there at the start is read; before, counts grow faster than the loop works.
   */
  boolean caughtUp() {
    backlog.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return backlog.isEmpty();
  }

  /** Records read of a topic. */
  long read(Topic<?> topic) {
    return counts.getOrDefault(topic.name(), 0L);
  }

  /** Records read that could not be decoded or used, by topic. */
  Map<String, Long> unusable() {
    return new TreeMap<>(unusable);
  }

  /**
   * Records of a topic that somebody who has read up to some offsets has yet to read. Offsets that
   * hold no records, such as ends of transactions, count only between records.
   *
   * @param offsets first offset not yet read by partition; the first there is when missing
   */
  long behind(Topic<?> topic, Map<TopicPartition, Long> offsets) {
    long behind = 0;
    for (TopicPartition partition : of(topic)) {
      long first = firsts.getOrDefault(partition, 0L);
      behind +=
          Math.max(
              0, nexts.getOrDefault(partition, first) - offsets.getOrDefault(partition, first));
    }
    return behind;
  }

  /** Ends a poll that waits. From any thread. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void begun(TopicPartition partition) {
    firsts.put(partition, consumer.position(partition));
    backlog.putAll(consumer.endOffsets(List.of(partition)));
  }

  private List<TopicPartition> of(Topic<?> topic) {
    return partitions.stream().filter(p -> p.topic().equals(topic.name())).toList();
  }
}
