package io.searchloop.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.AdmittedConfigs;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What was ever written to the topic of reward configurations.
 *
 * @param schedule configurations that are, were or will be in force
 * @param refused configurations that never were, because they came too late or were not sound
 */
public record RewardConfigLog(RewardSchedule schedule, List<RewardConfig> refused) {
  public RewardConfigLog {
    refused = List.copyOf(refused);
  }

  /**
   * Reads the live loop's topic.
   *
   * @throws IllegalStateException when no loop has written a configuration yet
   */
  public static RewardConfigLog read(Brokers bootstrapServers, Serdes serdes) {
    List<RewardConfig> admitted = AdmittedConfigs.read(bootstrapServers, serdes);
    if (admitted.isEmpty()) {
      throw new IllegalStateException(
          Topics.REWARD_CONFIG.name()
              + " holds no configuration, expected the one the loop began with. Start the loop"
              + " once.");
    }
    List<RewardConfig> refused =
        TopicLog.readAll(Topics.REWARD_CONFIG, bootstrapServers, serdes).stream()
            .map(Located::value)
            .filter(config -> !admitted.contains(config))
            .toList();
    return new RewardConfigLog(new RewardSchedule(admitted), refused);
  }

  /**
   * Appends a configuration to the live loop's topic.
   *
   * @return its offset
   */
  public static long append(Brokers bootstrapServers, Serdes serdes, RewardConfig config) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(
              new ProducerRecord<>(
                  Topics.REWARD_CONFIG.name(),
                  config.getName().getBytes(UTF_8),
                  serdes.of(Topics.REWARD_CONFIG).encode(config)))
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          Topics.REWARD_CONFIG.name()
              + " not writable at "
              + bootstrapServers
              + ": "
              + e.getCause(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing a configuration", e);
    }
  }
}
