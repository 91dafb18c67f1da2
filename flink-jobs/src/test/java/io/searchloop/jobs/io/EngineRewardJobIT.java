package io.searchloop.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.engine.EngineCallConfig;
import io.searchloop.jobs.engine.EngineDecisions;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.engine.TestBackend;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine reward job between real topics, stopped while the engine owes it answers. */
class EngineRewardJobIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int DECISIONS = 30;

  @TempDir Path directory;
  private TestKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    kafka = new TestKafka(directory.resolve("kafka"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    kafka.close();
  }

  @Test
  void losesAndRepeatsNothingWhenStoppedWithAnswersOutstanding() throws Exception {
    AtomicInteger searches = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    TestBackend stalling =
        new TestBackend(
            () -> {
              if (searches.incrementAndGet() > DECISIONS) {
                never.await();
              }
              return null;
            });
    produce();

    JobClient stalled = submit(stalling);
    awaitLedger(stalled, counts -> counts.accepted == DECISIONS && counts.pending > 0);
    stalled.cancel().get();
    assertThat(stalled.getJobExecutionResult()).failsWithin(PATIENCE);
    List<RewardTuple> before = read(Topics.REWARDS);
    JobClient resumed = submit(new TestBackend(() -> null));
    awaitLedger(resumed, counts -> counts.joined == DECISIONS && counts.pending == 0);
    resumed.cancel().get();
    assertThat(resumed.getJobExecutionResult()).failsWithin(PATIENCE);

    assertThat(before).hasSizeLessThan(2 * DECISIONS);
    assertThat(read(Topics.REWARDS))
        .extracting(RewardTuple::getRolloutId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, DECISIONS)
                .mapToObj(i -> "q" + i)
                .flatMap(q -> Stream.of(q + "#0", q + "#identity"))
                .toList());
  }

  private void produce() {
    var serde = kafka.serdes().of(Topics.DECISIONS);
    for (int i = 0; i < DECISIONS; i++) {
      byte[] value =
          serde.encode(
              EngineDecisions.decision("q" + i, 1_000, DecisionMode.ENGINE_ONLY, "cordless"));
      producer.send(
          new ProducerRecord<>(
              Topics.DECISIONS.name(), i % 2, "v".getBytes(StandardCharsets.UTF_8), value));
    }
    producer.flush();
  }

  private JobClient submit(TestBackend backend) throws Exception {
    Path checkpoints = directory.resolve("checkpoints");
    Configuration configuration =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200))
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString())
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    newest(checkpoints)
        .ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(configuration);
    ConfigBinder settings = new ConfigBinder(Map.of("calls.timeout", "PT10M"));
    KafkaSources sources =
        new KafkaSources(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "");
    new EngineRewardJob(
            sources.engineRewardJob(),
            sources.engineRewardPast(),
            new KafkaSinks(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "")
                .engineRewardJob(),
            backend.opening(),
            List.of(RewardConfig.newBuilder().build()),
            settings.bind("reward", EngineRewardConfig.class),
            settings.bind("calls", EngineCallConfig.class))
        .build(env);
    return env.executeAsync();
  }

  private static Optional<String> newest(Path checkpoints) throws IOException {
    if (!Files.exists(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(file -> file.getParent().toUri().toString());
    }
  }

  /** Sums over the partitions at the last checkpoint. */
  private record Counts(long accepted, long joined, long pending) {
    static Counts of(List<Ledger> ledger) {
      Map<Integer, Ledger> latest = new HashMap<>();
      ledger.forEach(entry -> latest.put(entry.getPartition(), entry));
      return new Counts(
          latest.values().stream().mapToLong(Ledger::getAccepted).sum(),
          latest.values().stream().mapToLong(Ledger::getJoined).sum(),
          latest.values().stream().mapToLong(Ledger::getPending).sum());
    }
  }

  private void awaitLedger(JobClient job, Predicate<Counts> condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.test(Counts.of(read(Topics.LEDGER)))) {
      assertThat(job.getJobExecutionResult()).as("job while it should run").isNotDone();
      assertThat(Instant.now()).as("waiting for the ledger").isBefore(deadline);
    }
  }

  /** Everything committed in a topic. */
  private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    return TopicLog.readAll(topic, Brokers.at(kafka.bootstrapServers()), kafka.serdes()).stream()
        .map(Located::value)
        .toList();
  }
}
