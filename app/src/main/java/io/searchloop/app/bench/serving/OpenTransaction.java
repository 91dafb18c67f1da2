package io.searchloop.app.bench.serving;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A job or trainer halted in the middle of a transaction: records on the topics they write that
 * nobody may read, and that hold back for read_committed readers all that comes after.
 */
final class OpenTransaction implements AutoCloseable {
  private static final List<Topic<?>> TOPICS =
      List.of(
          Topics.REWARDS,
          Topics.MINIBATCHES,
          Topics.LEDGER,
          Topics.POLICY_CHUNKS,
          Topics.POLICY_RELEASES);

  private final KafkaProducer<byte[], byte[]> producer;

  OpenTransaction(Brokers bootstrapServers) {
    producer =
        new KafkaProducer<>(
            bootstrapServers.with(
                Map.of(
                    "transactional.id",
                    "halted",
                    "transaction.timeout.ms",
                    (int) Duration.ofMinutes(10).toMillis())),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    for (Topic<?> topic : TOPICS) {
      write(topic);
    }
  }

  /** Aborts it, as a restarted job does. */
  @Override
  public void close() {
    producer.abortTransaction();
    producer.close();
  }

  private void write(Topic<?> topic) {
    try {
      producer.send(new ProducerRecord<>(topic.name(), 0, new byte[0], new byte[] {1})).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot write " + topic.name() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + topic.name(), e);
    }
  }
}
