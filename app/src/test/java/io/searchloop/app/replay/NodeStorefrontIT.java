package io.searchloop.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are not ours: kafkajs and Confluent's registry client produce what shoppers did, and
 * the audit accounts for every record of it. Needs the libraries of {@code examples/node}; {@code
 * -Pexternal} fetches them.
 */
class NodeStorefrontIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "node").toAbsolutePath();
  private static final int EVENTS = 20_000;
  private static final int SEARCHES = EVENTS / 4;
  private static final String PREFIX = "shop";

  @TempDir Path directory;

  @Test
  void theAuditAccountsForEveryEventOfTheNodeExample() throws Exception {
    Program node = example();
    LoopSettings settings =
        ReplaySettings.of(
            Map.of(), Map.of("reward.short-window", "PT5M", "reward.long-window", "PT1H"));
    List<RewardConfig> configs = List.of(settings.reward().toRecord());
    try (Platform platform = Platform.start(directory, settings)) {
      prepareTopics(platform, configs.get(0));
      decide(platform);

      Program.Ended produced =
          node.run(
              EXAMPLE,
              Map.of(),
              Duration.ofMinutes(3),
              "produce.mjs",
              "--broker=" + platform.bootstrapServers().addresses(),
              "--registry=" + platform.serdes().registryUrl(),
              "--events=" + EVENTS,
              "--prefix=" + PREFIX);

      assertThat(produced.exitCode()).as(produced.said()).isZero();
      assertThat(produced.said()).contains("\"produced\":" + EVENTS);
      BoundedRun.Outcome outcome =
          new BoundedRun(
                  platform,
                  settings,
                  directory.resolve("flink"),
                  "",
                  stage -> {},
                  new Stopwatch(InstantSource.system()))
              .run(configs);
      assertThat(outcome.audit().violations()).isEmpty();
      Map<String, Long> events = Equation.byTopic(outcome.audit(), "").get(Topics.EVENTS.name());
      assertThat(events).containsEntry("accepted", (long) EVENTS);
      assertThat(events).containsEntry("joined", (long) EVENTS);
      assertThat(outcome.tuples().base()).isEqualTo(SEARCHES);
    }
  }

  private static Program example() throws Exception {
    Optional<Program> node = Program.node();
    assumeTrue(node.isPresent(), Program.NO_NODE);
    if (Boolean.getBoolean("searchloop.external")) {
      Program npm =
          Program.find("npm").orElseThrow(() -> new IllegalStateException("No npm on the path"));
      Program.Ended fetched =
          npm.run(EXAMPLE, Map.of(), Duration.ofMinutes(8), "ci", "--ignore-scripts", "--no-audit");
      assertThat(fetched.exitCode()).as(fetched.said()).isZero();
    }
    assumeTrue(
        Files.exists(EXAMPLE.resolve("node_modules/.package-lock.json")),
        "The Node example has no libraries; run npm ci --ignore-scripts in examples/node, or -Pexternal");
    return node.get();
  }

  private static void prepareTopics(Platform platform, RewardConfig config) throws Exception {
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 2)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    byte[] value = platform.serdes().of(Topics.REWARD_CONFIG).encode(config);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            platform.bootstrapServers().with(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.REWARD_CONFIG.name(), value)).get();
    }
  }

  /** What a worker decided for the searches whose shoppers the example plays. */
  private static void decide(Platform platform) {
    Instant before = InstantSource.system().instant().minusSeconds(1);
    try (ReplayWriter writer =
        new ReplayWriter(platform.bootstrapServers(), platform.serdes(), "")) {
      for (int search = 0; search < SEARCHES; search++) {
        String queryId = PREFIX + "-" + search;
        writer.accept(
            Decision.newBuilder()
                .setQueryId(queryId)
                .setClientId(PREFIX + "-visitor-" + search)
                .setQuery("mug")
                .setTimestamp(before)
                .setMode(DecisionMode.ASSIGNED)
                .setCandidates(
                    List.of(
                        Candidate.newBuilder()
                            .setRolloutId(queryId + "#0")
                            .setRewrite("mug")
                            .build()))
                .setServed(List.of(0))
                .build());
      }
    }
  }
}
