package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Released artifacts from the chunk topic. Reads the whole topic once for each call, which a lost
 * disk is rare enough for; the consumer lives as long as the call.
 */
public final class KafkaReleasedArtifacts implements ReleasedArtifacts {
  private static final Duration WAIT = Duration.ofMillis(100);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final AvroSerde<PolicyChunk> serde;
  private final TopicPartition partition = new TopicPartition(Topics.POLICY_CHUNKS.name(), 0);

  /**
   * @param consumers opens a read_committed consumer without a group
   */
  public KafkaReleasedArtifacts(
      Supplier<Consumer<String, byte[]>> consumers, AvroSerde<PolicyChunk> serde) {
    this.consumers = consumers;
    this.serde = serde;
  }

  /** The artifacts of a broker. */
  public static KafkaReleasedArtifacts connect(Brokers bootstrapServers, Serdes serdes) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "trainer-released-artifacts",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
    return new KafkaReleasedArtifacts(
        () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
        serdes.of(Topics.POLICY_CHUNKS));
  }

  @Override
  public Map<String, Map<Integer, byte[]>> read(Collection<ReleaseManifest> releases) {
    Map<String, Map<Integer, byte[]>> pieces = new HashMap<>();
    releases.forEach(release -> pieces.put(release.releaseId(), new HashMap<>()));
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
      long end = ends.getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(WAIT).forEach(record -> keep(record, pieces));
      }
    }
    return pieces;
  }

  private void keep(
      ConsumerRecord<String, byte[]> record, Map<String, Map<Integer, byte[]>> pieces) {
    int slash = record.key() == null ? -1 : record.key().lastIndexOf('/');
    Map<Integer, byte[]> ofRelease =
        slash < 0 ? null : pieces.get(record.key().substring(0, slash));
    if (ofRelease == null) {
      return;
    }
    if (record.value() == null) { // pruned
      ofRelease.remove(Integer.parseInt(record.key().substring(slash + 1)));
      return;
    }
    PolicyChunk chunk = serde.deserialize(record.value());
    ofRelease.put(chunk.getIndex(), Packed.bytes(chunk.getPayload()));
  }
}
