package io.searchloop.streams.control;

import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the control topic. Never in a transaction: an open one would hide a rollback from the
 * workers. The producer opens with the first decision, because most workers never see one.
 *
 * <p>Safe for any thread; the first append waits for metadata, as long as the producer blocks.
 */
public final class KafkaControlAppender implements ControlAppender, AutoCloseable {
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final AvroSerde<PolicyControl> serde;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param producers opens an idempotent producer; it is closed with this
   */
  public KafkaControlAppender(Supplier<Producer<byte[], byte[]>> producers, Serdes serdes) {
    this.producers = producers;
    this.serde = serdes.of(Topics.POLICY_CONTROL);
  }

  @Override
  public CompletableFuture<Long> append(PolicyControl decision) {
    CompletableFuture<Long> offset = new CompletableFuture<>();
    try {
      byte[] key = decision.getDecisionId().getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.POLICY_CONTROL.name(), 0, key, serde.encode(decision));
      // The callback hears the outcome.
      Future<RecordMetadata> unused =
          producer().send(record, (stored, failure) -> tell(offset, stored, failure));
    } catch (RuntimeException e) { // Kafka or the schema registry is away
      offset.completeExceptionally(e);
    }
    return offset;
  }

  /** Gives up what is on its way. */
  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> open = producer != null ? producer : producers.get();
    producer = open;
    return open;
  }

  private static void tell(
      CompletableFuture<Long> offset, RecordMetadata stored, @Nullable Exception failure) {
    if (failure == null) {
      offset.complete(stored.offset());
    } else {
      offset.completeExceptionally(failure);
    }
  }
}
