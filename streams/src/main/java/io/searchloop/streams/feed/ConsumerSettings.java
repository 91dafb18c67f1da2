package io.searchloop.streams.feed;

import io.searchloop.schemas.client.Brokers;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that read topics whole: no group, nothing uncommitted, from the first record. */
public record ConsumerSettings(Brokers bootstrapServers) {
  private static final int API_TIMEOUT_MS = 10_000;
  private static final int FETCH_BYTES = 8 << 20;
  private static final int SEEK_WAIT_MS = 20;

  /** A new consumer that reads on and on, for one thread. */
  public Consumer<byte[], byte[]> consumer(String clientId) {
    return consumer(clientId, ConsumerConfig.DEFAULT_FETCH_MAX_WAIT_MS);
  }

  /**
   * A new consumer that seeks, for one thread. A broker answers one fetch after another, so one
   * that waits for records at the end of a topic would hold up the next, at another place.
   */
  public Consumer<byte[], byte[]> seeker(String clientId) {
    return consumer(clientId, SEEK_WAIT_MS);
  }

  private Consumer<byte[], byte[]> consumer(String clientId, int fetchWaitMs) {
    return new KafkaConsumer<>(
        bootstrapServers.with(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                clientId,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                fetchWaitMs,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                FETCH_BYTES,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                API_TIMEOUT_MS)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
