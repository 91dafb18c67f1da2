package io.searchloop.streams.slates;

import io.searchloop.schemas.HeadSlate;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.metrics.ServingMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache topic. A producer of its own, because a withdrawn version may leave more tombstones
 * than the queue of decisions and events can take. Used by the filler's thread.
 */
public final class KafkaSlateLog implements SlateLog, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaSlateLog.class);
  private static final String TOPIC = Topics.HEAD_SLATES.name();

  private final Producer<byte[], byte[]> producer;
  private final AvroSerde<HeadSlate> serde;
  private final ServingMetrics metrics;
  private final Duration drain;

  /**
   * @param producer idempotent, not transactional; closed with this
   * @param drain how long closing waits for records on their way
   */
  public KafkaSlateLog(
      Producer<byte[], byte[]> producer, Serdes serdes, ServingMetrics metrics, Duration drain) {
    this.producer = producer;
    this.serde = serdes.of(Topics.HEAD_SLATES);
    this.metrics = metrics;
    this.drain = drain;
  }

  @Override
  public void append(SlateKey key, HeadSlate slate, Runnable onLost) {
    try {
      send(key, serde.encode(slate), onLost);
    } catch (RuntimeException e) {
      lost("encoding", e);
      onLost.run();
    }
  }

  @Override
  public void retire(SlateKey key) {
    metrics.slate("tombstoned", 1);
    send(key, null, () -> {});
  }

  @Override
  public void close() {
    producer.close(drain);
  }

  private void send(SlateKey key, byte @Nullable [] value, Runnable onLost) {
    byte[] keyBytes = key.text().getBytes(StandardCharsets.UTF_8);
    try {
      // The callback hears the outcome.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(TOPIC, keyBytes, value),
              (metadata, failure) -> {
                if (failure != null) {
                  lost("kafka", failure);
                  onLost.run();
                }
              });
    } catch (KafkaException e) {
      lost("kafka", e);
      onLost.run();
    }
  }

  private void lost(String reason, Exception cause) {
    metrics.signalLost(TOPIC, reason);
    log.warn("Slate lost: topic={} reason={} cause={}", TOPIC, reason, cause.getMessage());
  }
}
