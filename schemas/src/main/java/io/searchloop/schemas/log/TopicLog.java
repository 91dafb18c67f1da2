package io.searchloop.schemas.log;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, read_committed. {@link #next()} returns what has come since the
 * last call; {@link #toEnd()} everything up to the end as it was when asked. Not thread-safe.
 */
public final class TopicLog<V extends SpecificRecord> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Map<String, Object> SETTINGS =
      Map.of(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          "false",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ByteArrayDeserializer.class,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ByteArrayDeserializer.class);

  private final AvroSerde<V> serde;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Consumer<ConsumerRecord<byte[], byte[]>> onUndecodable;

  /**
   * @param onUndecodable told of each record that cannot be decoded; it is then left out
   */
  public TopicLog(
      Topic<V> topic,
      Brokers bootstrapServers,
      Serdes serdes,
      Consumer<ConsumerRecord<byte[], byte[]>> onUndecodable) {
    this.serde = serdes.of(topic);
    this.consumer = new KafkaConsumer<>(bootstrapServers.with(SETTINGS));
    this.partitions = begin(consumer, topic.name());
    this.onUndecodable = onUndecodable;
  }

  /** Nobody else can close a consumer whose log was never made. */
  private static List<TopicPartition> begin(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return partitions;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** A log of a topic only Searchloop writes, where an undecodable record is a defect. */
  public TopicLog(Topic<V> topic, Brokers bootstrapServers, Serdes serdes) {
    this(
        topic,
        bootstrapServers,
        serdes,
        bad -> {
          throw new IllegalStateException(
              topic.name() + " holds an undecodable record at offset " + bad.offset());
        });
  }

  /** Skips what was appended before a moment, by the records' own times. Before the first read. */
  public TopicLog<V> since(Instant moment) {
    Map<TopicPartition, Long> wanted =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> moment.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      if (first == null) { // nothing as late as that
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    }
    return this;
  }

  /**
   * When Kafka took the first record that is left of a partition of which some are gone, the latest
   * of all such partitions, epoch milliseconds: what was taken from then on is complete. The
   * greatest long when nothing is left of one; empty when nothing is gone.
   */
  public OptionalLong completeSince() {
    Map<TopicPartition, Long> cut =
        consumer.beginningOffsets(partitions).entrySet().stream()
            .filter(beginning -> beginning.getValue() > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, beginning -> 0L));
    return consumer.offsetsForTimes(cut).values().stream()
        .mapToLong(first -> first == null ? Long.MAX_VALUE : first.timestamp())
        .max();
  }

  /** Where a partition begins by now. */
  public long beginning(int partition) {
    return consumer.beginningOffsets(partitions).entrySet().stream()
        .filter(beginning -> beginning.getKey().partition() == partition)
        .mapToLong(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  /** Reads a whole topic once. */
  public static <V extends SpecificRecord> List<Located<V>> readAll(
      Topic<V> topic, Brokers bootstrapServers, Serdes serdes) {
    try (TopicLog<V> log = new TopicLog<>(topic, bootstrapServers, serdes)) {
      return log.toEnd();
    }
  }

  /** Records up to the end as it is now; open transactions are not waited for. */
  public List<Located<V>> toEnd() {
    List<Located<V>> records = new ArrayList<>();
    toEnd(records::add);
    return records;
  }

  /** Passes on each record up to the end as it is now, so that a reader may keep less of it. */
  public void toEnd(Consumer<Located<V>> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll(POLL).forEach(reader);
    }
  }

  /**
   * What has come since the last call; waits a moment, and may be empty. Polls until nothing is
   * left: a consumer's first poll after a pause returns what it had fetched before the pause.
   */
  public List<Located<V>> next() {
    List<Located<V>> records = new ArrayList<>();
    for (List<Located<V>> batch = poll(POLL); !batch.isEmpty(); batch = poll(POLL)) {
      records.addAll(batch);
    }
    return records;
  }

  private List<Located<V>> poll(Duration timeout) {
    List<Located<V>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> bytes : consumer.poll(timeout)) {
      if (bytes.value() == null) {
        continue;
      }
      try {
        V value = serde.deserialize(bytes.value());
        records.add(new Located<>(bytes.partition(), bytes.offset(), bytes.timestamp(), value));
      } catch (UndecodableRecordException e) {
        onUndecodable.accept(bytes);
      }
    }
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
