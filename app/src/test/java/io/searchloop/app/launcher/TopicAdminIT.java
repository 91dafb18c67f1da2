package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path data) {
    broker = EmbeddedBroker.start(data, new BrokerConfig(0, 0));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void createsEveryTopicAndFindsNoDifferenceAfterwards() {
    try (TopicAdmin topics = admin("all.", 3)) {
      assertThat(topics.ensure(Topics.ALL)).isEmpty();
      assertThat(topics.ensure(Topics.ALL)).isEmpty();
    }

    Map<String, TopicDescription> created =
        described("all." + Topics.EVENTS.name(), "all." + Topics.POLICY_RELEASES.name());
    assertThat(created.get("all." + Topics.EVENTS.name()).partitions()).hasSize(3);
    assertThat(created.get("all." + Topics.POLICY_RELEASES.name()).partitions())
        .as("offsets of releases are versions, so there is one partition")
        .hasSize(1);
  }

  @Test
  void severalProgramsMayCreateTheSameTopicsAtOnce() {
    List<CompletableFuture<List<String>>> programs =
        IntStream.range(0, 4)
            .mapToObj(
                any ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try (TopicAdmin topics = admin("race.", 2)) {
                            return topics.ensure(Topics.ALL);
                          }
                        }))
            .toList();

    assertThat(programs).allSatisfy(program -> assertThat(program.join()).isEmpty());
    assertThat(described("race." + Topics.EVENTS.name())).hasSize(1);
  }

  @Test
  void namesEveryDifferenceOfAnExistingTopic() {
    List<Topic<?>> releases = List.of(Topics.POLICY_RELEASES);
    String name = "altered." + Topics.POLICY_RELEASES.name();
    try (TopicAdmin topics = admin("altered.", 2)) {
      topics.ensure(releases);
      setRetention(name, "1000");

      assertThat(topics.ensure(releases))
          .containsExactly(
              "Topic "
                  + name
                  + ": retention.ms is 1000, expected -1."
                  + " Alter the topic, or use another data directory or topic prefix.");
    }
  }

  @Test
  void leavesItToTheShopHowLongPersonalDataIsKeptButNotForEver() throws Exception {
    List<Topic<?>> rewards = List.of(Topics.REWARDS);
    String name = "chosen." + Topics.REWARDS.name();
    try (TopicAdmin topics = admin("chosen.", 2)) {
      topics.ensure(rewards);
      setRetention(name, "1000");
      assertThat(topics.ensure(rewards)).isEmpty();

      setRetention(name, "-1");
      assertThat(topics.ensure(rewards))
          .singleElement()
          .asString()
          .contains("retention.ms is -1, expected 7776000000");
    }
  }

  @Test
  void namesAnUnexpectedNumberOfPartitions() {
    List<Topic<?>> events = List.of(Topics.EVENTS);
    try (TopicAdmin four = admin("partitions.", 4);
        TopicAdmin two = admin("partitions.", 2)) {
      four.ensure(events);

      assertThat(two.ensure(events))
          .singleElement()
          .asString()
          .contains("partitions is 4, expected 2");
    }
  }

  @Test
  void registersTheSchemaOfEveryTopic() throws Exception {
    try (EmbeddedRegistry registry =
            EmbeddedRegistry.start(Brokers.at(broker.bootstrapServers()), new RegistryConfig(0));
        TopicAdmin topics = admin("registered.", 1)) {
      var client = new Serdes(registry.url(), false).client();

      topics.registerSchemas(client, Topics.ALL);

      assertThat(client.getAllSubjects())
          .containsAll(
              Topics.ALL.stream().map(topic -> topic.prefixed("registered.").subject()).toList());
      topics.registerSchemas(client, Topics.ALL);
      assertThat(client.getAllVersions("registered." + Topics.DECISIONS.subject()))
          .containsExactly(1);
    }
  }

  private static TopicAdmin admin(String prefix, int partitions) {
    return new TopicAdmin(Brokers.at(broker.bootstrapServers()), prefix, partitions);
  }

  private static Map<String, TopicDescription> described(String... names) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return Futures.get("describe", admin.describeTopics(List.of(names)).allTopicNames());
    }
  }

  private static void setRetention(String topic, String millis) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var operation =
          new AlterConfigOp(new ConfigEntry("retention.ms", millis), AlterConfigOp.OpType.SET);
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      Futures.get(
          "alter", admin.incrementalAlterConfigs(Map.of(resource, List.of(operation))).all());
      // The controller has it first; brokers answer from what they have heard of it.
      Eventually.present(
          () ->
              Optional.of(admin.describeConfigs(List.of(resource)).all().get().get(resource))
                  .map(config -> config.get("retention.ms").value())
                  .filter(millis::equals));
    }
  }
}
