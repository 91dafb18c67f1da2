package io.searchloop.streams.signal;

import io.searchloop.schemas.client.Brokers;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers of learning signal: idempotent, acknowledged by all replicas, bounded in memory. */
public record ProducerSettings(Brokers bootstrapServers) {
  private static final int MAX_BLOCK_MS = 2_000;
  private static final int DELIVERY_TIMEOUT_MS = 30_000;
  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int DECISION_TIMEOUT_MS = 5_000;
  private static final int DECISION_REQUEST_TIMEOUT_MS = 2_000;

  /** A new producer of decisions and events. */
  public Producer<byte[], byte[]> producer() {
    return producer("signal-sender");
  }

  /** A new producer. */
  public Producer<byte[], byte[]> producer(String clientId) {
    return producer(clientId, REQUEST_TIMEOUT_MS, DELIVERY_TIMEOUT_MS);
  }

  /** A new producer of an operator's decisions, which must not arrive after he gave up. */
  public Producer<byte[], byte[]> decisions(String clientId) {
    return producer(clientId, DECISION_REQUEST_TIMEOUT_MS, DECISION_TIMEOUT_MS);
  }

  private Producer<byte[], byte[]> producer(
      String clientId, int requestTimeoutMs, int deliveryTimeoutMs) {
    return new KafkaProducer<>(
        bootstrapServers.with(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                clientId,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                MAX_BLOCK_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                requestTimeoutMs,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                deliveryTimeoutMs)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
