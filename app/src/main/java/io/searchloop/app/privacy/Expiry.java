package io.searchloop.app.privacy;

import io.searchloop.app.privacy.VisitorTrail.LastRecord;
import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * When records of a visitor that cannot be deleted are gone by themselves. Kafka deletes whole
 * segments once their last record is old enough, so it may take a segment's time longer.
 *
 * @param topic where they lie
 * @param lastRecord when Kafka took the last of them
 * @param goneBy instant by which Kafka has deleted it; null when the topic keeps it for ever
 */
public record Expiry(String topic, Instant lastRecord, @Nullable Instant goneBy) {
  /** Expiries of a trail. */
  static List<Expiry> of(Brokers bootstrapServers, List<LastRecord> records) {
    List<ConfigResource> topics = records.stream().map(last -> resource(last.topic())).toList();
    try (Admin admin = Admin.create(bootstrapServers.with(Map.of()))) {
      Map<ConfigResource, Config> configs = admin.describeConfigs(topics).all().get();
      return records.stream()
          .map(last -> of(last, Objects.requireNonNull(configs.get(resource(last.topic())))))
          .toList();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot read settings of the topics at " + bootstrapServers + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading settings of the topics", e);
    }
  }

  private static Expiry of(LastRecord last, Config config) {
    Instant appended = last.appendedAt();
    long retention = Long.parseLong(config.get("retention.ms").value());
    if (retention < 0) {
      return new Expiry(last.topic(), appended, null);
    }
    long segment = Long.parseLong(config.get("segment.ms").value());
    return new Expiry(
        last.topic(),
        appended,
        appended.plus(Duration.ofMillis(retention)).plus(Duration.ofMillis(segment)));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
