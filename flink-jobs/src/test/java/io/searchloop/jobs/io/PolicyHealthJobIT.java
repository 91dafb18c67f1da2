package io.searchloop.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.jobs.health.HealthConfig.Promotion;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.health.TrialConfig;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.client.Brokers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health job between real topics, with operators and shoppers beside it. */
class PolicyHealthJobIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final int SHARE = 50;
  private static final TrialConfig QUICK =
      new TrialConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofDays(1),
          40,
          40,
          30,
          Duration.ofSeconds(1),
          .05,
          .05,
          .5);

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<PolicyControl> control = new ArrayList<>();
  private TestKafka kafka;
  private RetainedCheckpoints checkpoints;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> log;
  private int visitors;

  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    kafka = new TestKafka(directory.resolve("kafka"));
    checkpoints = new RetainedCheckpoints(directory.resolve("checkpoints"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    log =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    log.assign(List.of(new TopicPartition(Topics.POLICY_CONTROL.name(), 0)));
    log.seekToBeginning(log.assignment());
  }

  @AfterEach
  void stop() {
    log.close();
    producer.close();
    kafka.close();
  }

  @Test
  void rollsBackACandidateWhoseVisitorsEarnLess() throws Exception {
    release(0, -1);
    release(1, -1);
    JobClient job = submit(Promotion.CANARY);
    awaitControl(records -> records.size() == 3);
    assertThat(control)
        .extracting(PolicyControl::getAction, PolicyControl::getPolicyVersion)
        .containsExactly(
            tuple(ControlAction.PROMOTE, 0L),
            tuple(ControlAction.CANDIDATE, 1L),
            tuple(ControlAction.CANARY, 1L));

    operator(ControlAction.CANARY, 1, SHARE, 2);
    awaitControl(
        records -> {
          shop(500);
          return last(records).getAction() == ControlAction.ROLLBACK;
        });
    job.cancel().get();

    PolicyControl rollback = last(control);
    assertThat(rollback.getPolicyVersion()).isZero();
    assertThat(rollback.getExpectedHead()).isEqualTo(3);
    assertThat(rollback.getWho()).isEqualTo("policy-health");
    assertThat(rollback.getWhy()).startsWith("release 1, reward: ").contains("visitors");
  }

  @Test
  void neverPromotesALateReleaseOfTheOldLineage() throws Exception {
    release(0, -1);
    JobClient job = submit(Promotion.DIRECT);
    awaitControl(records -> records.size() == 1);
    operator(ControlAction.ROLLBACK, 0, 0, 0);
    release(1, -1); // trained before the rollback, committed after it
    release(2, 1);
    awaitControl(records -> records.size() == 3);
    job.cancel().get();

    assertThat(control).extracting(PolicyControl::getPolicyVersion).containsExactly(0L, 0L, 2L);
    assertThat(last(control).getAction()).isEqualTo(ControlAction.PROMOTE);
  }

  @Test
  void promotesEachReleaseUponTheOneBefore() throws Exception {
    release(0, -1);
    release(1, -1);
    release(2, -1);
    JobClient job = submit(Promotion.DIRECT);
    awaitControl(records -> records.size() == 3);
    job.cancel().get();

    assertThat(control)
        .extracting(PolicyControl::getPolicyVersion, PolicyControl::getExpectedHead)
        .containsExactly(tuple(0L, -1L), tuple(1L, 0L), tuple(2L, 1L));
  }

  /** Trials have state of their own, and nobody claims it once they are switched off. */
  @Test
  void trialsAreSwitchedOffBetweenTwoRuns() throws Exception {
    JobClient withTrials = submit(Promotion.CANARY);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (checkpoints.newest().isEmpty()) {
      assertThat(System.nanoTime()).as("waiting for a checkpoint").isLessThan(end);
    }
    withTrials.cancel().get();
    assertThat(withTrials.getJobExecutionResult()).failsWithin(PATIENCE);
    release(0, -1);

    JobClient without = submit(Promotion.DIRECT);
    awaitControl(records -> records.size() == 1);
    without.cancel().get();

    assertThat(last(control).getPolicyVersion()).isZero();
  }

  private JobClient submit(Promotion promotion) throws Exception {
    StreamExecutionEnvironment env = checkpoints.environment();
    new PolicyHealthJob(
            new KafkaSources(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "")
                .policyHealthJob(),
            new KafkaSinks(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "").control(),
            new HealthConfig(promotion, Duration.ofMillis(50)),
            QUICK)
        .build(env);
    return env.executeAsync();
  }

  /** More visitors, one search each; those of the candidate earn a third as much. */
  private void shop(int count) {
    for (int i = 0; i < count; i++) {
      visitors++;
      boolean candidate = random.nextInt(100) < SHARE;
      Instant now = NOON.plusMillis(200L * visitors);
      send(Topics.DECISIONS, decision(candidate, now));
      send(Topics.REWARDS, reward(random.nextDouble() * (candidate ? 1 : 3), now));
    }
    producer.flush();
  }

  private Decision decision(boolean candidate, Instant now) {
    return Decision.newBuilder()
        .setQueryId("q" + visitors)
        .setClientId("v" + visitors)
        .setQuery("lamp")
        .setTimestamp(now)
        .setMode(DecisionMode.ASSIGNED)
        .setArm(candidate ? "canary" : "policy")
        .setAssignedArm(candidate ? "canary" : "policy")
        .setPolicyVersion(candidate ? 1 : 0)
        .setCandidateVersion(1)
        .setCandidatePercent(SHARE)
        .setLatencyMs(10 + random.nextDouble())
        .setPage(List.of("p1"))
        .build();
  }

  private RewardTuple reward(double reward, Instant now) {
    return RewardTuple.newBuilder()
        .setRolloutId("q" + visitors + "#0")
        .setQueryId("q" + visitors)
        .setSequence(0)
        .setOrigin(TupleOrigin.ASSIGNED)
        .setReward(reward)
        .setImpressionTime(now.plusMillis(100))
        .setOutcomeTime(now.plusSeconds(2))
        .build();
  }

  private void release(long step, long lineage) {
    PolicyProvenance provenance =
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0);
    ReleaseManifest manifest =
        new ReleaseManifest(1, "r" + step, step - 1, lineage, step, 1, 1, "", "", provenance);
    send(
        Topics.POLICY_RELEASES,
        PolicyRelease.newBuilder()
            .setReleaseId("r" + step)
            .setStatus(ReleaseStatus.RELEASED)
            .setManifest(ByteBuffer.wrap(manifest.toJson()))
            .build());
    producer.flush();
  }

  private void operator(ControlAction action, long version, int percent, long expectedHead) {
    send(
        Topics.POLICY_CONTROL,
        PolicyControl.newBuilder()
            .setDecisionId("operator/" + expectedHead)
            .setAction(action)
            .setPolicyVersion(version)
            .setPercent(percent)
            .setWho("anna")
            .setExpectedHead(expectedHead)
            .build());
    producer.flush();
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, V value) {
    producer.send(new ProducerRecord<>(topic.name(), kafka.serdes().of(topic).encode(value)));
  }

  private void awaitControl(Predicate<List<PolicyControl>> condition) {
    var serde = kafka.serdes().of(Topics.POLICY_CONTROL);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (control.isEmpty() || !condition.test(control)) {
      assertThat(System.nanoTime()).as("gave up, found %s", control).isLessThan(end);
      for (ConsumerRecord<byte[], byte[]> record : log.poll(Duration.ofMillis(200))) {
        control.add(serde.deserialize(record.value()));
      }
    }
  }

  private static PolicyControl last(List<PolicyControl> records) {
    return records.get(records.size() - 1);
  }
}
