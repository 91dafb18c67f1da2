package io.searchloop.app.log;

import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Which pieces of which releases the chunk topic holds. Reads the whole topic, which no other
 * reader does, and keeps keys and lengths. Immutable.
 */
public final class ChunkInventory {
  /** Whether a release can be served. */
  public enum Pieces {
    /** All of them are there. */
    WHOLE,
    /** None is there. */
    PRUNED,
    /** Some are there. */
    INCOMPLETE
  }

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Map<Integer, Integer>> lengths;

  private ChunkInventory(Map<String, Map<Integer, Integer>> lengths) {
    this.lengths = lengths;
  }

  /** Reads the topic as it is now. */
  public static ChunkInventory read(Brokers bootstrapServers) {
    Map<String, Map<Integer, Integer>> lengths = new HashMap<>();
    TopicPartition partition = new TopicPartition(Topics.POLICY_CHUNKS.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            bootstrapServers.with(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(record -> note(record, lengths));
      }
    }
    return new ChunkInventory(lengths);
  }

  /** What is there of a release. */
  public Pieces of(ReleaseManifest manifest) {
    int found = lengths.getOrDefault(manifest.releaseId(), Map.of()).size();
    if (found == 0) {
      return Pieces.PRUNED;
    }
    return found < manifest.chunks() ? Pieces.INCOMPLETE : Pieces.WHOLE;
  }

  /** Bytes of what is there of a release. */
  public long bytes(ReleaseManifest manifest) {
    return lengths.getOrDefault(manifest.releaseId(), Map.of()).values().stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  /**
   * Deletes the pieces of releases: a tombstone for each, which the broker compacts away later.
   *
   * @return tombstones written
   */
  public int delete(Brokers bootstrapServers, Set<String> releaseIds) {
    int written = 0;
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (String release : releaseIds) {
        for (int index : lengths.getOrDefault(release, Map.of()).keySet()) {
          producer.send(
              new ProducerRecord<>(Topics.POLICY_CHUNKS.name(), 0, release + "/" + index, null));
          written++;
        }
      }
      producer.flush();
    }
    return written;
  }

  private static void note(
      ConsumerRecord<byte[], byte[]> record, Map<String, Map<Integer, Integer>> lengths) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    int slash = key.lastIndexOf('/');
    if (slash < 0) {
      return;
    }
    Map<Integer, Integer> pieces =
        lengths.computeIfAbsent(key.substring(0, slash), id -> new TreeMap<>());
    int index = Integer.parseInt(key.substring(slash + 1));
    if (record.value() == null) {
      pieces.remove(index);
    } else {
      pieces.put(index, record.value().length);
    }
  }
}
