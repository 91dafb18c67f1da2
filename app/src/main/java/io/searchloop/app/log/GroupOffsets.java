package io.searchloop.app.log;

import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far consumer groups have come, as they tell Kafka. Thread-safe. */
public final class GroupOffsets implements AutoCloseable {
  private final Admin admin;
  private final Duration patience;

  /**
   * @param brokers where the groups are
   * @param patience after which a silent Kafka is an error
   */
  public GroupOffsets(Brokers brokers, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    this.patience = patience;
    this.admin =
        Admin.create(
            brokers.with(
                Map.of(
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis)));
  }

  /**
   * First offset that a group has not committed, by partition; partitions it never committed are
   * missing.
   *
   * @throws KafkaException when Kafka refuses, or does not answer in time
   */
  public Map<TopicPartition, Long> of(String group) {
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  offsets.put(partition, committed.offset());
                }
              });
      return offsets;
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not tell how far group " + group + " is", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(patience);
  }
}
