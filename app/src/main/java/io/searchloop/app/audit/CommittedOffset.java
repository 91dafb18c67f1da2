package io.searchloop.app.audit;

import io.searchloop.schemas.client.Brokers;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has committed partition 0 of a topic. */
final class CommittedOffset {
  private CommittedOffset() {}

  static OptionalLong of(Brokers bootstrapServers, String group, String topic) {
    try (Admin admin = Admin.create(bootstrapServers.with(Map.of()))) {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, 0));
      return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot read offsets of group " + group + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading offsets of group " + group, e);
    }
  }
}
