package io.searchloop.app.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.bench.SampledMinibatches;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.KafkaTrainer;
import io.searchloop.trainer.Trainer;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.TrainerStatus;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a trainer leaves on a real broker when the gate refuses, a disk is lost, a second starts.
 */
class TrainerOnKafkaIT {
  @TempDir static Path directory;
  private static WarmStart warmStart;
  private static SampledMinibatches sampled;
  private static TrainerRun run;

  @BeforeAll
  static void releaseTheWarmStart() throws InterruptedException {
    warmStart = SampledMinibatches.warmStart();
    sampled = new SampledMinibatches(warmStart, 3);
    run = new TrainerRun(directory, directory, TrainerHaltsPlan.of(1, 3));
    train(Map.of(), GoldenSet.NONE, "checkpoints");
  }

  @AfterAll
  static void close() {
    run.close();
    warmStart.close();
  }

  @ParameterizedTest
  @CsvSource({
    "parity-tolerance, 0.000000000001, differ by",
    "min-validity, 1, trainer.gate.min-validity",
    "min-sampled-validity, 1, trainer.gate.min-sampled-validity",
    "max-length-ratio, 0.001, trainer.gate.max-length-ratio",
    "max-log-prob-gap, 0.000000000001, trainer.gate.max-log-prob-gap",
    "max-kl, 0.000000000001, trainer.gate.max-kl",
    "min-entropy, 100, trainer.gate.min-entropy",
    "max-golden-loss, 0.05, trainer.gate.max-golden-loss",
    "max-latency, PT0.000001S, trainer.gate.max-latency"
  })
  void aRefusalCommitsItsOffsetsAndGoesBackToTheParent(String key, String value, String reason)
      throws InterruptedException {
    ReleaseMark parent = lastReleased();
    run.publish(
        key.endsWith("validity")
            ? RewardedNonsense.in(sampled.blocks(1), warmStart.format())
            : sampled.blocks(1));

    TrainerStatus status =
        train(
            Map.of("learning-rate", "0.01", "gate." + key, value),
            new LosingGoldenSet(),
            "checkpoints");

    List<ReleaseMark> marks = run.marks();
    ReleaseMark refusal = marks.get(marks.size() - 1);
    assertThat(refusal.released()).isFalse();
    assertThat(refusal.reason()).contains(reason);
    assertThat(refusal.artifact()).isEmpty();
    assertThat(refusal.trained()).isZero();
    assertThat(refusal.refused())
        .containsEntry("gate", (long) SampledMinibatches.TRAINED)
        .containsEntry("not_finite", 1L)
        .containsEntry("other_algorithm", 1L);
    assertThat(refusal.checkpoint()).isEqualTo(parent.checkpoint());
    assertThat(lastReleased()).isEqualTo(parent);
    assertThat(status.step()).isEqualTo(parent.step());
    assertThat(status.refusals()).isEqualTo(1);
    assertThat(run.audit().violations()).isEmpty();
  }

  @Test
  void aLostDiskIsRebuiltFromTheChunks() throws InterruptedException {
    ReleaseMark before = lastReleased();
    run.publish(sampled.blocks(1));

    TrainerStatus status = train(Map.of(), GoldenSet.NONE, "another-disk");

    // The warm start is made anew, so only what was trained since can be lost.
    assertThat(status.rebuilds()).isEqualTo(before.step() == 0 ? 0 : 1);
    assertThat(lastReleased().step()).isEqualTo(before.step() + SampledMinibatches.TRAINED);
    run.publish(sampled.blocks(1));
    assertThat(train(Map.of(), GoldenSet.NONE, "a-third-disk").rebuilds()).isEqualTo(1);
    // Later tests find the checkpoint of the newest release where they look for it.
    run.publish(sampled.blocks(1));
    assertThat(train(Map.of(), GoldenSet.NONE, "checkpoints").rebuilds()).isEqualTo(1);
    assertThat(run.audit().violations()).isEmpty();
  }

  @Test
  void anOlderTrainerCanPublishNoMore() throws InterruptedException {
    Trainer older = trainer(Map.of(), GoldenSet.NONE, "checkpoints");
    Thread first = start(older);
    await(() -> older.status().phase() == TrainerStatus.Phase.WAITING);
    Trainer newer = trainer(Map.of(), GoldenSet.NONE, "checkpoints");
    Thread second = start(newer);
    await(() -> newer.status().phase() == TrainerStatus.Phase.WAITING);

    run.publish(sampled.blocks(1));

    await(() -> older.status().phase() == TrainerStatus.Phase.FAILED);
    await(run::accounted);
    newer.close();
    first.join();
    second.join();
    assertThat(older.status().problem()).contains("another trainer", "Run one trainer only");
    assertThat(newer.status().releases()).isEqualTo(1);
    assertThat(run.audit().violations()).isEmpty();
  }

  /** Finds nothing once a query is rewritten. */
  private static final class LosingGoldenSet implements GoldenSet {
    private int calls;

    @Override
    public List<String> queries() {
      return List.of("parasol", "settee");
    }

    @Override
    public double ndcg(List<String> rewrites) {
      // A release is measured first, then the queries as typed.
      return calls++ % 2 == 0 ? .4 : .5;
    }
  }

  private static ReleaseMark lastReleased() {
    return run.marks().stream()
        .filter(ReleaseMark::released)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Lets a trainer account for every minibatch on the log, then ends it. */
  private static TrainerStatus train(
      Map<String, String> settings, GoldenSet golden, String checkpoints)
      throws InterruptedException {
    Trainer trainer = trainer(settings, golden, checkpoints);
    Thread thread = start(trainer);
    await(
        () ->
            trainer.status().phase() == TrainerStatus.Phase.FAILED
                || (trainer.status().phase() == TrainerStatus.Phase.WAITING && run.accounted()));
    trainer.close();
    thread.join();
    assertThat(trainer.status().phase()).isEqualTo(TrainerStatus.Phase.STOPPED);
    return trainer.status();
  }

  private static Trainer trainer(
      Map<String, String> settings, GoldenSet golden, String checkpoints) {
    Map<String, String> values = new HashMap<>();
    values.put("trainer.release-every", Integer.toString(SampledMinibatches.TRAINED));
    values.put("trainer.release-interval", "PT1H");
    values.put("trainer.min-effective-share", "0");
    values.put("trainer.max-mean-square-log-ratio", "1e9");
    values.put("trainer.max-drift", "1e9");
    values.put("trainer.gate.max-kl", "1e9");
    values.put("trainer.gate.min-validity", "0");
    values.put("trainer.gate.min-sampled-validity", "0");
    values.put("trainer.gate.max-length-ratio", "100");
    values.put("trainer.gate.max-golden-loss", "1");
    values.put("trainer.gate.max-latency", "PT1M");
    values.put("trainer.gate.min-entropy", "0");
    values.put("trainer.gate.probes", "8");
    settings.forEach((key, value) -> values.put("trainer." + key, value));
    ConfigBinder binder = new ConfigBinder(values);
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
    binder.finish();
    return KafkaTrainer.connect(
        run.platform().bootstrapServers(),
        run.platform().serdes(),
        config,
        gate,
        ReleaseSigner.UNSIGNED,
        warmStart,
        directory.resolve(checkpoints),
        golden,
        InstantSource.system());
  }

  private static Thread start(Trainer trainer) {
    Thread thread = trainer.thread();
    // How it ended is in its status.
    thread.setUncaughtExceptionHandler((ended, failure) -> {});
    thread.start();
    return thread;
  }

  private static void await(BooleanSupplier arrived) {
    Eventually.present(
        () -> arrived.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty());
  }
}
