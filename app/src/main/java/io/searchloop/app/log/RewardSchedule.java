package io.searchloop.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Which reward configuration is in force when: those on the topic by {@code effective_from}, without
 * those the job refused as stale.
 *
 * @param configs configurations in the order they take effect, at least one
 * @param refused configurations that never were in force, in the order they were written
 */
public record RewardSchedule(List<RewardConfig> configs, List<RewardConfig> refused) {
  public RewardSchedule {
    configs =
        configs.stream().sorted(Comparator.comparing(RewardConfig::getEffectiveFrom)).toList();
    refused = List.copyOf(refused);
    if (configs.isEmpty()) {
      throw new IllegalStateException(
          Topics.REWARD_CONFIG.name()
              + " holds no configuration, expected the one the loop began with. Start the loop once.");
    }
  }

  /** Reads the schedule of the live loop. */
  public static RewardSchedule read(String bootstrapServers, Serdes serdes) {
    Set<Long> stale =
        TopicLog.readAll(Topics.DEAD_LETTERS, bootstrapServers, serdes).stream()
            .map(Located::value)
            .filter(letter -> letter.getReason() == DeadLetterReason.STALE_CONFIG)
            .filter(letter -> letter.getTopic().equals(Topics.REWARD_CONFIG.name()))
            .map(DeadLetter::getOffset)
            .collect(Collectors.toSet());
    Map<Boolean, List<RewardConfig>> written =
        TopicLog.readAll(Topics.REWARD_CONFIG, bootstrapServers, serdes).stream()
            .collect(
                Collectors.partitioningBy(
                    located -> stale.contains(located.offset()),
                    Collectors.mapping(Located::value, Collectors.toList())));
    return new RewardSchedule(
        written.getOrDefault(false, List.of()), written.getOrDefault(true, List.of()));
  }

  /** The configuration in force at a time: the latest begun by then, before all of them the first. */
  public RewardConfig at(Instant time) {
    return configs.stream()
        .filter(config -> !config.getEffectiveFrom().isAfter(time))
        .reduce((earlier, later) -> later)
        .orElse(configs.get(0));
  }

  /** The configuration that takes effect at an instant, if one does. */
  public Optional<RewardConfig> from(Instant effectiveFrom) {
    return configs.stream()
        .filter(config -> config.getEffectiveFrom().equals(effectiveFrom))
        .findFirst();
  }

  /**
   * Appends a configuration to the live loop's topic.
   *
   * @return its offset
   */
  public static long append(String bootstrapServers, Serdes serdes, RewardConfig config) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
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
          Topics.REWARD_CONFIG.name() + " not writable at " + bootstrapServers + ": " + e.getCause(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing a configuration", e);
    }
  }
}
