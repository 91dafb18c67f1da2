package io.searchloop.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics of a replay: those of the loop under a prefix, with the same settings, so that the
 * same operators run on them and the live ones stay as they are.
 */
final class ReplayTopics {
  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final String prefix;
  private final int partitions;

  ReplayTopics(Brokers bootstrapServers, Serdes serdes, String prefix, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.prefix = prefix;
    this.partitions = partitions;
  }

  /**
   * Creates the topics, registers their schemas, and writes the reward configurations.
   *
   * @throws IllegalStateException when topics of this prefix exist: two replays in one would count
   *     everything twice
   */
  void create(List<RewardConfig> configs) {
    refusePresentTopics();
    try (TopicAdmin admin = new TopicAdmin(bootstrapServers, prefix, partitions)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(serdes.client(), Topics.ALL);
    }
    write(configs);
  }

  private void refusePresentTopics() {
    try (Admin admin = Admin.create(bootstrapServers.with(Map.of()))) {
      List<String> present =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(prefix))
              .toList();
      if (!present.isEmpty()) {
        throw new IllegalStateException(
            "Topics of an earlier replay are there, "
                + present.get(0)
                + " among them; expected none that begins with "
                + prefix
                + ". Choose another --prefix, or delete them.");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot list topics at " + bootstrapServers + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while listing topics", e);
    }
  }

  private void write(List<RewardConfig> configs) {
    Topic<RewardConfig> topic = Topics.REWARD_CONFIG.prefixed(prefix);
    AvroSerde<RewardConfig> serde = serdes.of(topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RewardConfig config : configs) {
        producer
            .send(
                new ProducerRecord<>(
                    topic.name(), config.getName().getBytes(UTF_8), serde.encode(config)))
            .get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot write " + topic.name() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + topic.name(), e);
    }
  }
}
