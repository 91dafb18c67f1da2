package io.searchloop.trainer.intake;

import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Minibatches of Kafka's one minibatch partition, read committed. The partition is assigned, not
 * subscribed: there is one trainer, and its transactional id fences a second one.
 */
public final class KafkaMinibatchSource implements MinibatchSource {
  /** Consumer group whose offsets the releases commit. */
  public static final String GROUP = "searchloop-trainer";

  private static final Logger log = LoggerFactory.getLogger(KafkaMinibatchSource.class);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Minibatch> serde;
  private final TopicPartition partition;
  private final Queue<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  public KafkaMinibatchSource(
      Consumer<byte[], byte[]> consumer, Topic<Minibatch> topic, AvroSerde<Minibatch> serde) {
    this.consumer = consumer;
    this.serde = serde;
    this.partition = new TopicPartition(topic.name(), 0);
    consumer.assign(List.of(partition));
  }

  /** A source of a broker. */
  public static KafkaMinibatchSource connect(Brokers bootstrapServers, AvroSerde<Minibatch> serde) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "trainer-minibatches",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                // A range that is gone must stop the trainer, not be skipped or read again.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                16));
    return new KafkaMinibatchSource(
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        Topics.MINIBATCHES,
        serde);
  }

  /** The group to name when its offsets are sent to a transaction. */
  public ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  @Override
  public OptionalLong committed() {
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
  }

  @Override
  public void seek(long offset) {
    fetched.clear();
    consumer.seek(partition, offset);
  }

  @Override
  public Optional<ReceivedMinibatch> poll(Duration timeout) {
    if (fetched.isEmpty()) {
      try {
        consumer.poll(timeout).records(partition).forEach(fetched::add);
      } catch (WakeupException e) {
        return Optional.empty();
      } catch (OffsetOutOfRangeException e) {
        throw new IllegalStateException(
            "Minibatch "
                + e.offsetOutOfRangePartitions().get(partition)
                + " is next, but "
                + partition
                + " does not hold it. Was the topic cut or made anew? Restore it together with the"
                + " release log, or start with a new data directory.",
            e);
      }
    }
    return Optional.ofNullable(fetched.poll()).map(this::decode);
  }

  @Override
  public OptionalLong waiting() {
    OptionalLong behind = consumer.currentLag(partition);
    return behind.isPresent()
        ? OptionalLong.of(behind.getAsLong() + fetched.size())
        : OptionalLong.empty();
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private ReceivedMinibatch decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new ReceivedMinibatch(record.offset(), serde.deserialize(record.value()));
    } catch (UndecodableRecordException e) {
      log.warn("Minibatch at offset {} refused: {}", record.offset(), e.getMessage());
      return new ReceivedMinibatch(record.offset(), null);
    }
  }
}
