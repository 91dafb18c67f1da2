package io.searchloop.trainer.publish;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both logs from Kafka: one consumer, both partitions assigned and read from the start, without a
 * group. A record that cannot be read is passed over with a warning, as every other reader of these
 * logs does.
 */
public final class KafkaPolicyLog implements PolicyLog {
  private static final Logger log = LoggerFactory.getLogger(KafkaPolicyLog.class);
  private static final Duration WAIT = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<PolicyRelease> releaseSerde;
  private final AvroSerde<PolicyControl> controlSerde;
  private final TopicPartition releasePartition =
      new TopicPartition(Topics.POLICY_RELEASES.name(), 0);
  private final TopicPartition controlPartition =
      new TopicPartition(Topics.POLICY_CONTROL.name(), 0);
  private final List<ReleaseEntry> releases = new ArrayList<>();
  private final List<ControlEntry> controls = new ArrayList<>();
  private PolicyHistory history = PolicyHistory.EMPTY;

  public KafkaPolicyLog(
      Consumer<byte[], byte[]> consumer,
      AvroSerde<PolicyRelease> releaseSerde,
      AvroSerde<PolicyControl> controlSerde) {
    this.consumer = consumer;
    this.releaseSerde = releaseSerde;
    this.controlSerde = controlSerde;
    consumer.assign(List.of(releasePartition, controlPartition));
    consumer.seekToBeginning(consumer.assignment());
  }

  /** The logs of a broker. */
  public static KafkaPolicyLog connect(Brokers bootstrapServers, Serdes serdes) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "trainer-policy-log",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
    return new KafkaPolicyLog(
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        serdes.of(Topics.POLICY_RELEASES),
        serdes.of(Topics.POLICY_CONTROL));
  }

  @Override
  public PolicyHistory catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      read(WAIT);
    }
    return history;
  }

  @Override
  public PolicyHistory poll() {
    read(Duration.ZERO);
    return history;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void read(Duration wait) {
    boolean changed = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      try {
        add(record);
        changed = true;
      } catch (UndecodableRecordException | InvalidReleaseException e) {
        log.warn("{} offset {} passed over: {}", record.topic(), record.offset(), e.getMessage());
      }
    }
    if (changed) {
      history = PolicyHistory.of(releases, controls);
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(controlPartition.topic())) {
      controls.add(entry(record.offset(), controlSerde.deserialize(record.value())));
      return;
    }
    PolicyRelease release = releaseSerde.deserialize(record.value());
    releases.add(
        new ReleaseEntry(
            record.offset(),
            release.getStatus() == ReleaseStatus.RELEASED,
            ReleaseManifest.fromJson(Packed.bytes(release.getManifest()))));
  }

  private static ControlEntry entry(long offset, PolicyControl control) {
    return new ControlEntry(
        offset,
        control.getDecisionId(),
        ControlEntry.Action.valueOf(control.getAction().name()),
        control.getPolicyVersion(),
        control.getExpectedHead(),
        control.getPercent());
  }
}
