package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.trainer.export.GraphPrecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer learns and releases. */
@Timeout(60)
@ExtendWith(ToyWarmStart.Shared.class)
class TrainerTest {
  @TempDir Path directory;
  private ToyTraining training;
  private InMemoryLoop loop;

  @BeforeEach
  void open(ToyWarmStart warmStart) {
    training = new ToyTraining(warmStart, directory);
    loop = training.loop;
  }

  @Test
  void releasesTheWarmStartBeforeItLearns() {
    training.run(Map.of());

    assertThat(loop.releases).hasSize(1);
    assertThat(loop.newest().manifest().step()).isZero();
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(-1);
    assertThat(loop.newest().manifest().provenance().origin()).isEqualTo("warm-start");
    assertThat(training.newestWeights())
        .isEqualTo(ToyShop.weights(training.first.toBytes(), training.network));
    assertThat(loop.committed).isZero();
  }

  @Test
  void releasesEveryFewMinibatchesWithTheOffsetsItLearnedFrom() {
    training.addGroups(4, -1);

    TrainerStatus status = training.run(Map.of("trainer.release-every", "2"));

    assertThat(loop.releases).hasSize(3);
    PolicyProvenance last = loop.newest().manifest().provenance();
    assertThat(last.fromMinibatch()).isEqualTo(2);
    assertThat(last.toMinibatch()).isEqualTo(4);
    assertThat(last.trainedMinibatches()).isEqualTo(2);
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(2);
    assertThat(loop.newest().manifest().step()).isEqualTo(4);
    assertThat(loop.committed).isEqualTo(4);
    assertThat(status.trained()).isEqualTo(4);
    assertThat(status.version()).isEqualTo(4);
    assertThat(training.newestWeights())
        .isNotEqualTo(ToyShop.weights(training.first.toBytes(), training.network));
  }

  @Test
  void trainsNothingAtLearningRateZeroButStillReleases() {
    training.addGroups(2, -1);

    training.run(Map.of("trainer.learning-rate", "0", "trainer.release-every", "1"));

    assertThat(loop.releases).hasSize(3);
    assertThat(loop.newest().manifest().step()).isEqualTo(2);
    assertThat(training.newestWeights())
        .isEqualTo(ToyShop.weights(training.first.toBytes(), training.network));
  }

  @Test
  void agreesWithTheWorkersLogProbabilitiesOfEqualWeights() {
    training.addGroups(1, -1);

    training.run(Map.of());

    assertThat(loop.points).hasSize(1);
    assertThat(loop.points.get(0).getValues().get("logprob_gap")).isBetween(0.0, 1e-3);
    assertThat(loop.points.get(0).getValues().get("ess")).isGreaterThan(.999);
  }

  @Test
  void raisesExpectedRewardOfAVerifiableTask() {
    double before = ToyShop.expectedReward(training.first, training.network);
    loop.whenEmpty =
        new Runnable() {
          private int left = 60;

          @Override
          public void run() {
            if (left-- == 0 || !loop.refusals.isEmpty()) {
              training.stop();
              return;
            }
            loop.minibatches.add(
                ToyShop.groups(
                    PolicyArtifact.read(loop.newestArtifact()),
                    training.network,
                    loop.newest().manifest().step(),
                    -1,
                    ToyShop::reward,
                    training.random));
          }
        };

    training.run(
        loop,
        directory,
        Map.of(
            "trainer.release-every", "2",
            "trainer.learning-rate", "0.001",
            "trainer.gate.max-kl", "5",
            "trainer.gate.min-sampled-validity", "0"));

    assertThat(loop.refusals).isEmpty();
    double after =
        ToyShop.expectedReward(PolicyArtifact.read(loop.newestArtifact()), training.network);
    assertThat(before).isBetween(.2, .6);
    assertThat(after).isGreaterThan(before + .25).isGreaterThan(.75);
  }

  @Test
  void putsPreferredRewritesFurtherAheadOfRejectedOnes() {
    for (int i = 0; i < 10; i++) {
      loop.minibatches.add(ToyShop.pairs(training.warmStart.format(), -1));
    }

    training.run(Map.of("trainer.algorithm", "dpo", "trainer.learning-rate", "0.0003"));

    List<Double> margins =
        loop.points.stream().map(point -> point.getValues().get("margin_mean")).toList();
    assertThat(margins.get(0)).isCloseTo(0, within(1e-5));
    assertThat(margins.get(9)).isGreaterThan(1);
  }

  @Test
  void appliesCorrectionsOfLateOutcomes() {
    training.addGroups(1, -1);
    Minibatch groups = loop.minibatches.get(0);
    training.run(Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));
    loop.minibatches.add(Minibatch.newBuilder(groups).setKind(MinibatchKind.CORRECTIONS).build());

    TrainerStatus status = training.run(Map.of("trainer.release-every", "1"));

    assertThat(status.trained()).isEqualTo(1);
    assertThat(status.learning().get("ratio_mean")).isCloseTo(1, within(1e-6));
    assertThat(training.newestWeights())
        .isNotEqualTo(ToyShop.weights(training.first.toBytes(), training.network));
  }

  /** A refund comes days after its search was learned from, thousands of steps later. */
  @Test
  void noCorrectionIsTooOldByItsSteps() {
    training.addGroups(3, -1);
    Minibatch groups = loop.minibatches.get(0);
    Map<String, String> settings =
        Map.of(
            "trainer.release-every", "1",
            "trainer.learning-rate", "0",
            "trainer.max-staleness", "2");
    training.run(settings);
    loop.minibatches.add(Minibatch.newBuilder(groups).setKind(MinibatchKind.CORRECTIONS).build());
    loop.minibatches.add(groups);

    TrainerStatus status = training.run(settings);

    assertThat(status.trained()).isEqualTo(1);
    assertThat(status.refused()).containsExactly(Map.entry("stale", 1L));
  }

  @Test
  void writesItsOriginIntoTheGraph() {
    training.addGroups(1, -1);

    training.run(Map.of("trainer.release-every", "1"));

    assertThat(GraphPrecision.properties(PolicyArtifact.read(loop.newestArtifact()).onnx()))
        .containsEntry("release.step", "1")
        .containsEntry("release.lineage", "-1")
        .containsEntry("release.to-minibatch", "1")
        .containsEntry("release.checkpoint", loop.newest().manifest().checkpoint())
        .containsEntry("training.algorithm", "GRPO")
        .containsKey("build");
  }

  @Test
  void releasesSmallerWeightsAndStatesWhatTheyCost() {
    training.addGroups(1, -1);

    training.run(Map.of("trainer.release-every", "1", "trainer.export-precision", "int8"));

    Map<String, Double> figures = loop.newest().manifest().provenance().gate();
    assertThat(figures.get("parity")).isLessThan(1e-4);
    assertThat(figures.get("precision_kl")).isBetween(0.0, .02);
    assertThat(figures.get("precision_logits")).isPositive();
    assertThat(loop.newestArtifact().length).isLessThan(training.first.toBytes().length / 2);
  }

  @Test
  void releasesRoundedWeightsAsDeltasAndBeginsALineageWithAKeyframe() {
    Map<String, String> settings =
        Map.of(
            "trainer.release-every", "1",
            "trainer.export-precision", "bf16",
            "trainer.max-delta-share", "2");
    training.addGroups(2, -1);
    training.addGroups(2, 0);
    loop.beforePoll =
        offset -> {
          if (offset == 2) {
            loop.rollBackTo(loop.releases.get(1).version());
          }
        };

    training.run(settings);

    assertThat(loop.releases)
        .extracting(entry -> entry.manifest().base().map(ReleaseBase::version))
        .containsExactly(Optional.empty(), Optional.of(0L), Optional.of(2L), Optional.empty());
    assertThat(loop.newest().manifest().lineage()).isZero();
    assertThat(loop.newest().manifest().provenance().gate().get("precision_kl"))
        .isBetween(0.0, .01);
  }

  @Test
  void endsWhenAskedFromAnotherThread() throws InterruptedException {
    Trainer trainer = training.trainer(loop, directory, training.warmStart, Map.of());
    Thread thread = new Thread(trainer, "trainer");
    CountDownLatch reading = new CountDownLatch(1);
    loop.whenEmpty = reading::countDown;
    thread.start();
    reading.await();

    trainer.close();

    assertThat(trainer.status().phase()).isEqualTo(TrainerStatus.Phase.STOPPED);
    thread.join();
  }
}
