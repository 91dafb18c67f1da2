package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrainerTest {
  private static final InstantSource FIXED = InstantSource.fixed(Instant.EPOCH);
  private static WarmStart warmStart;
  private static PolicyArtifact first;
  private static NetworkConfig network;

  private final InMemoryLoop loop = new InMemoryLoop();
  private final RandomState random = new RandomState(5);

  @TempDir Path directory;
  private Trainer running;

  @BeforeAll
  static void train() {
    warmStart = ToyShop.warmStart(300);
    network = warmStart.network().config();
    first = warmStart.artifact(warmStart.network());
  }

  @AfterAll
  static void close() {
    warmStart.close();
  }

  @Test
  void releasesTheWarmStartBeforeItLearns() {
    run(Map.of());

    assertThat(loop.releases).hasSize(1);
    assertThat(loop.newest().manifest().step()).isZero();
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(-1);
    assertThat(loop.newest().manifest().provenance().origin()).isEqualTo("warm-start");
    assertThat(newestWeights()).isEqualTo(ToyShop.weights(first.toBytes(), network));
    assertThat(loop.committed).isZero();
  }

  @Test
  void releasesEveryFewMinibatchesWithTheOffsetsItLearnedFrom() {
    addGroups(4, -1);

    TrainerStatus status = run(Map.of("trainer.release-every", "2"));

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
    assertThat(newestWeights()).isNotEqualTo(ToyShop.weights(first.toBytes(), network));
  }

  @Test
  void resumesAfterACrashBitByBitAsIfNothingHadHappened() {
    addGroups(6, -1);
    run(Map.of("trainer.release-every", "3"));
    byte[] uninterrupted = loop.newestArtifact();
    String checkpoint = loop.newest().manifest().checkpoint();

    InMemoryLoop crashed = new InMemoryLoop();
    crashed.minibatches.addAll(loop.minibatches);
    crashed.beforePoll =
        offset -> {
          if (offset == 5) {
            throw new IllegalStateException("power cut");
          }
        };
    Path store = directory.resolve("crashed");
    assertThatThrownBy(() -> run(crashed, store, Map.of("trainer.release-every", "3")))
        .hasMessage("power cut");
    assertThat(crashed.committed).isEqualTo(3);
    crashed.beforePoll = offset -> {};
    run(crashed, store, Map.of("trainer.release-every", "3"));

    assertThat(crashed.newestArtifact()).isEqualTo(uninterrupted);
    assertThat(crashed.newest().manifest().checkpoint()).isEqualTo(checkpoint);
    assertThat(crashed.releases).hasSize(3);
  }

  @Test
  void trainsNothingAtLearningRateZeroButStillReleases() {
    addGroups(2, -1);

    run(Map.of("trainer.learning-rate", "0", "trainer.release-every", "1"));

    assertThat(loop.releases).hasSize(3);
    assertThat(loop.newest().manifest().step()).isEqualTo(2);
    assertThat(newestWeights()).isEqualTo(ToyShop.weights(first.toBytes(), network));
  }

  @Test
  void refusesMinibatchesOfAnotherLineage() {
    addGroups(1, 7);
    addGroups(1, -1);

    TrainerStatus status = run(Map.of("trainer.release-every", "1"));

    assertThat(status.refused()).containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.newest().manifest().provenance().refusedMinibatches())
        .containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.newest().manifest().provenance().fromMinibatch()).isZero();
    assertThat(loop.committed).isEqualTo(2);
  }

  @Test
  void rewindsWeightsAndOptimiserWhenAnOperatorRollsBack() {
    addGroups(2, -1);
    run(Map.of("trainer.release-every", "1"));
    assertThat(loop.releases).hasSize(3);
    byte[] afterOne = loop.artifacts.get(2L);

    loop.rollBackTo(2);
    loop.minibatches.add(loop.minibatches.get(1)); // still of the withdrawn lineage
    addGroups(1, 0);
    TrainerStatus status = run(Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));

    assertThat(newestWeights()).isEqualTo(ToyShop.weights(afterOne, network));
    assertThat(loop.newest().manifest().lineage()).isZero();
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(2);
    assertThat(loop.newest().manifest().step()).isEqualTo(2);
    assertThat(status.refused()).containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.committed).isEqualTo(4);
  }

  @Test
  void withdrawsWhatItTrainedWhenARollbackComesBetweenReleases() {
    addGroups(3, -1);
    addGroups(1, 0);
    loop.beforePoll =
        offset -> {
          if (offset == 2 && loop.controls.isEmpty()) {
            loop.rollBackTo(0);
          }
        };

    TrainerStatus status =
        run(Map.of("trainer.release-every", "4", "trainer.release-interval", "PT1H"));

    // The third was already on its way when the rollback came; it fell with the other two.
    assertThat(status.refused()).containsExactly(Map.entry("withdrawn", 3L));
    assertThat(status.trained()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(1);
    assertThat(status.lineage()).isZero();
    assertThat(status.nextMinibatch()).isEqualTo(4);
  }

  @Test
  void refusesMinibatchesThatAreNotFinite() {
    addGroups(1, -1);
    Minibatch poisoned = loop.minibatches.remove(0);
    GroupMember member = poisoned.getGroups().get(0).getMembers().get(0);
    loop.minibatches.add(with(poisoned, GroupMember.newBuilder(member).setAdvantage(Double.NaN)));
    loop.minibatches.add(
        with(
            poisoned,
            GroupMember.newBuilder(member)
                .setLogProbs(nanFor(Packed.ints(member.getTokenIds()).length))));
    loop.minibatches.add(with(poisoned, GroupMember.newBuilder(member).setAdvantage(1e300)));

    TrainerStatus status = run(Map.of());

    assertThat(status.refused())
        .containsExactlyInAnyOrderEntriesOf(Map.of("not_finite", 2L, "loss_not_finite", 1L));
    assertThat(status.step()).isZero();
    assertThat(loop.points.get(2).getValues()).containsEntry("refused.loss_not_finite", 1.0);
  }

  @Test
  void refusesTokensThatNoSamplerCouldHaveDrawn() {
    addGroups(1, -1);
    Minibatch good = loop.minibatches.remove(0);
    GroupMember member = good.getGroups().get(0).getMembers().get(0);
    loop.minibatches.add(
        with(
            good,
            GroupMember.newBuilder(member)
                .setTokenIds(Packed.ints(1, 2))
                .setLogProbs(Packed.floats(-1, -1))));
    loop.minibatches.add(with(good, GroupMember.newBuilder(member).setLogProbs(Packed.floats(-1))));
    loop.minibatches.add(Minibatch.newBuilder().setKind(MinibatchKind.GROUPS).build());
    loop.minibatches.add(Minibatch.newBuilder().build());
    loop.minibatches.add(null);

    TrainerStatus status = run(Map.of());

    assertThat(status.refused())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("malformed", 2L, "empty", 1L, "unknown_kind", 1L, "undecodable", 1L));
  }

  @Test
  void refusesRolloutsOfAPolicyThatIsTooFarAway() {
    addGroups(1, -1);
    Minibatch good = loop.minibatches.remove(0);
    GroupMember member = good.getGroups().get(0).getMembers().get(0);
    float[] unlikely = new float[Packed.ints(member.getTokenIds()).length];
    Arrays.fill(unlikely, -20);
    loop.minibatches.add(
        with(good, GroupMember.newBuilder(member).setLogProbs(Packed.floats(unlikely))));

    TrainerStatus status = run(Map.of());

    assertThat(status.refused()).containsExactly(Map.entry("diverged", 1L));
    assertThat(status.step()).isZero();
  }

  @Test
  void goesBackToTheLastReleaseWhenTheGateRefuses() {
    addGroups(2, -1);

    TrainerStatus status =
        run(
            Map.of(
                "trainer.release-every", "1",
                "trainer.learning-rate", "0.05",
                "trainer.gate.max-kl", "0.0000001"));

    assertThat(loop.refusals)
        .hasSize(2)
        .allSatisfy(reason -> assertThat(reason).contains("trainer.gate.max-kl"));
    assertThat(loop.newest().released()).isFalse();
    assertThat(loop.newest().manifest().chunks()).isZero();
    assertThat(loop.newest().manifest().checkpoint())
        .isEqualTo(loop.releases.get(0).manifest().checkpoint());
    assertThat(loop.newest().manifest().provenance().refusedMinibatches())
        .containsExactly(Map.entry("gate", 1L));
    assertThat(loop.committed).isEqualTo(2);
    assertThat(status.step()).isZero();
    assertThat(status.trained()).isZero();
    assertThat(status.refusals()).isEqualTo(2);
  }

  @Test
  void agreesWithTheWorkersLogProbabilitiesOfEqualWeights() {
    addGroups(1, -1);

    run(Map.of());

    assertThat(loop.points).hasSize(1);
    assertThat(loop.points.get(0).getValues().get("logprob_gap")).isBetween(0.0, 1e-3);
    assertThat(loop.points.get(0).getValues().get("ess")).isGreaterThan(.999);
  }

  @Test
  void skipsPairsUnderGrpoAndGroupsUnderDpo() {
    addGroups(1, -1);
    loop.minibatches.add(ToyShop.pairs(warmStart.format(), -1));

    assertThat(run(Map.of()).refused()).containsExactly(Map.entry("other_algorithm", 1L));
    assertThat(run(new InMemoryLoop(), directory.resolve("none"), Map.of()).refused()).isEmpty();

    InMemoryLoop dpo = new InMemoryLoop();
    dpo.minibatches.addAll(loop.minibatches);
    TrainerStatus status = run(dpo, directory.resolve("dpo"), Map.of("trainer.algorithm", "dpo"));
    assertThat(status.refused()).containsExactly(Map.entry("other_algorithm", 1L));
    assertThat(status.trained()).isEqualTo(1);
  }

  @Test
  void raisesExpectedRewardOfAVerifiableTask() {
    double before = ToyShop.expectedReward(first, network);
    loop.whenEmpty =
        new Runnable() {
          private int left = 60;

          @Override
          public void run() {
            if (left-- == 0 || !loop.refusals.isEmpty()) {
              running.stop();
              return;
            }
            loop.minibatches.add(
                ToyShop.groups(
                    PolicyArtifact.read(loop.newestArtifact()),
                    network,
                    loop.newest().manifest().step(),
                    -1,
                    ToyShop::reward,
                    random));
          }
        };

    run(
        loop,
        directory,
        Map.of(
            "trainer.release-every", "2",
            "trainer.learning-rate", "0.001",
            "trainer.gate.max-kl", "5",
            "trainer.gate.min-sampled-validity", "0"));

    assertThat(loop.refusals).isEmpty();
    double after = ToyShop.expectedReward(PolicyArtifact.read(loop.newestArtifact()), network);
    assertThat(before).isBetween(.2, .6);
    assertThat(after).isGreaterThan(before + .25).isGreaterThan(.75);
  }

  @Test
  void putsPreferredRewritesFurtherAheadOfRejectedOnes() {
    for (int i = 0; i < 10; i++) {
      loop.minibatches.add(ToyShop.pairs(warmStart.format(), -1));
    }

    run(Map.of("trainer.algorithm", "dpo", "trainer.learning-rate", "0.0003"));

    List<Double> margins =
        loop.points.stream().map(point -> point.getValues().get("margin_mean")).toList();
    assertThat(margins.get(0)).isCloseTo(0, within(1e-5));
    assertThat(margins.get(9)).isGreaterThan(1);
  }

  @Test
  void refusesToStartWhenOffsetsAndReleasesDisagree() {
    addGroups(1, -1);
    run(Map.of("trainer.release-every", "1"));
    loop.committed = 0;

    assertThatThrownBy(() -> run(Map.of()))
        .hasMessageContaining("up to offset 1")
        .hasMessageContaining("set the group back to 1");
  }

  @Test
  void refusesToStartOnALogThatBeganWithAnotherWarmStart() {
    run(Map.of());

    try (WarmStart other = ToyShop.warmStart(2)) {
      Trainer trainer = trainer(loop, directory, other, Map.of());
      assertThatThrownBy(trainer::run)
          .hasMessageContaining("Start with the warm start of this log");
      assertThat(trainer.status().phase()).isEqualTo(TrainerStatus.Phase.FAILED);
    }
  }

  @Test
  void rebuildsWeightsFromTheReleaseWhenTheDiskIsLostAndCountsIt() {
    addGroups(2, -1);
    run(Map.of("trainer.release-every", "1"));
    byte[] before = loop.newestArtifact();
    addGroups(1, -1);

    TrainerStatus status =
        run(
            loop,
            directory.resolve("empty"),
            Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));

    assertThat(status.rebuilds()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(3);
    assertThat(newestWeights()).isEqualTo(ToyShop.weights(before, network));
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(4);
    assertThat(run(loop, directory.resolve("empty"), Map.of()).rebuilds()).isZero();
  }

  @Test
  void goesBackToRebuiltWeightsWhenTheGateRefusesWhatFollows() {
    addGroups(1, -1);
    run(Map.of("trainer.release-every", "1"));
    addGroups(1, -1);

    TrainerStatus status =
        run(
            loop,
            directory.resolve("empty"),
            Map.of("trainer.release-every", "1", "trainer.gate.max-kl", "0.0000001"));

    assertThat(status.refusals()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(1);
  }

  @Test
  void namesTheRemedyWhenDiskAndChunksAreLostAndGoesOnFromTheWarmStart() {
    addGroups(1, -1);
    run(Map.of("trainer.release-every", "1"));
    Path empty = directory.resolve("empty");
    loop.artifacts.remove(2L);

    assertThatThrownBy(() -> run(loop, empty, Map.of()))
        .hasMessageContaining("of policy version 2 is not on this disk")
        .hasMessageContaining("roll back");
    loop.rollBackTo(0);
    TrainerStatus status = run(loop, empty, Map.of());

    assertThat(status.step()).isZero();
    assertThat(status.lineage()).isZero();
    assertThat(status.rebuilds()).isZero();
  }

  @Test
  void restoresOptimiserAndRandomnessOfTheParentWhenTheGateRefuses() {
    addGroups(2, -1);
    loop.beforePoll =
        offset -> {
          if (offset == 1) {
            running.stop();
            throw new WakeupException();
          }
        };
    run(
        Map.of(
            "trainer.release-every", "1",
            "trainer.learning-rate", "0.05",
            "trainer.gate.max-kl", "0.0000001"));
    loop.beforePoll = offset -> {};
    run(Map.of("trainer.release-every", "1"));

    InMemoryLoop undisturbed = new InMemoryLoop();
    undisturbed.minibatches.add(ToyShop.pairs(warmStart.format(), -1)); // refused: other algorithm
    undisturbed.minibatches.add(loop.minibatches.get(1));
    run(undisturbed, directory.resolve("undisturbed"), Map.of("trainer.release-every", "1"));

    assertThat(loop.refusals).hasSize(1);
    assertThat(loop.newest().manifest().checkpoint())
        .isEqualTo(undisturbed.newest().manifest().checkpoint());
  }

  @Test
  void appliesCorrectionsOfLateOutcomes() {
    addGroups(1, -1);
    Minibatch groups = loop.minibatches.get(0);
    run(Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));
    loop.minibatches.add(Minibatch.newBuilder(groups).setKind(MinibatchKind.CORRECTIONS).build());

    TrainerStatus status = run(Map.of("trainer.release-every", "1"));

    assertThat(status.trained()).isEqualTo(1);
    assertThat(status.learning().get("ratio_mean")).isCloseTo(1, within(1e-6));
    assertThat(newestWeights()).isNotEqualTo(ToyShop.weights(first.toBytes(), network));
  }

  @Test
  void writesItsOriginIntoTheGraph() {
    addGroups(1, -1);

    run(Map.of("trainer.release-every", "1"));

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
    addGroups(1, -1);

    run(Map.of("trainer.release-every", "1", "trainer.export-precision", "int8"));

    Map<String, Double> figures = loop.newest().manifest().provenance().gate();
    assertThat(figures.get("parity")).isLessThan(1e-4);
    assertThat(figures.get("precision_kl")).isBetween(0.0, .02);
    assertThat(figures.get("precision_logits")).isPositive();
    assertThat(loop.newestArtifact().length).isLessThan(first.toBytes().length / 2);
  }

  @Test
  void releasesRoundedWeightsAsDeltasAndBeginsALineageWithAKeyframe() {
    Map<String, String> settings =
        Map.of(
            "trainer.release-every", "1",
            "trainer.export-precision", "bf16",
            "trainer.max-delta-share", "2");
    addGroups(2, -1);
    addGroups(2, 0);
    loop.beforePoll =
        offset -> {
          if (offset == 2) {
            loop.rollBackTo(loop.releases.get(1).version());
          }
        };

    run(settings);

    assertThat(loop.releases)
        .extracting(entry -> entry.manifest().base().map(ReleaseBase::version))
        .containsExactly(Optional.empty(), Optional.of(0L), Optional.of(2L), Optional.empty());
    assertThat(loop.newest().manifest().lineage()).isZero();
    assertThat(loop.newest().manifest().provenance().gate().get("precision_kl"))
        .isBetween(0.0, .01);
  }

  @Test
  void rebuildsWeightsFromAKeyframeAndItsDeltas() {
    Map<String, String> settings =
        Map.of(
            "trainer.release-every", "1",
            "trainer.export-precision", "bf16",
            "trainer.max-delta-share", "2",
            "trainer.learning-rate", "0.001");
    addGroups(2, -1);
    run(settings);
    ReleaseManifest released = loop.newest().manifest();
    assertThat(released.base()).map(ReleaseBase::depth).contains(2);
    addGroups(1, -1);
    Map<String, String> still = new HashMap<>(settings);
    still.put("trainer.learning-rate", "0");

    TrainerStatus status = run(loop, directory.resolve("empty"), still);

    assertThat(status.rebuilds()).isEqualTo(1);
    assertThat(loop.newest().manifest().step()).isEqualTo(3);
    assertThat(loop.newest().manifest().base()).as("of a trainer that has just begun").isEmpty();
    assertThat(newestWeights()).isNotEqualTo(ToyShop.weights(first.toBytes(), network));
  }

  @Test
  void letsGoOfCheckpointsNobodyNeeds() {
    addGroups(6, -1);
    run(Map.of("trainer.release-every", "1", "trainer.keep-checkpoints", "1"));

    List<String> kept =
        loop.releases.stream()
            .map(release -> release.manifest().checkpoint())
            .filter(hash -> Files.exists(directory.resolve(hash + ".safetensors")))
            .toList();

    // The warm start, the newest of the log as it was read before the last release, and that one.
    assertThat(kept).hasSize(3).contains(loop.releases.get(0).manifest().checkpoint());
    assertThat(kept.get(2)).isEqualTo(loop.newest().manifest().checkpoint());
    loop.rollBackTo(4);
    assertThat(run(Map.of()).rebuilds()).isEqualTo(1);
  }

  @Test
  void endsWhenAskedFromAnotherThread() throws InterruptedException {
    Trainer trainer = trainer(loop, directory, warmStart, Map.of());
    Thread thread = new Thread(trainer, "trainer");
    CountDownLatch reading = new CountDownLatch(1);
    loop.whenEmpty = reading::countDown;
    thread.start();
    reading.await();

    trainer.close();

    assertThat(trainer.status().phase()).isEqualTo(TrainerStatus.Phase.STOPPED);
    thread.join();
  }

  @Test
  void keepsTheCheckpointOfEveryReleaseOnDisk() {
    addGroups(2, -1);
    run(Map.of("trainer.release-every", "1"));

    for (var release : loop.releases) {
      assertThat(Files.exists(directory.resolve(release.manifest().checkpoint() + ".safetensors")))
          .isTrue();
    }
  }

  private void addGroups(int count, long lineage) {
    for (int i = 0; i < count; i++) {
      loop.minibatches.add(ToyShop.groups(first, network, 0, lineage, ToyShop::reward, random));
    }
  }

  private TrainerStatus run(Map<String, String> settings) {
    loop.whenEmpty = () -> running.stop();
    return run(loop, directory, settings);
  }

  private List<List<Float>> newestWeights() {
    return ToyShop.weights(loop.newestArtifact(), network);
  }

  private TrainerStatus run(InMemoryLoop on, Path store, Map<String, String> settings) {
    if (on != loop) {
      on.whenEmpty = () -> running.stop();
    }
    running = trainer(on, store, warmStart, settings);
    running.run();
    return running.status();
  }

  private static Trainer trainer(
      InMemoryLoop on, Path store, WarmStart from, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("trainer.release-every", "100");
    ConfigBinder binder = new ConfigBinder(all);
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
    binder.finish();
    return new Trainer(config, gate, from, on.ports(), new CheckpointStore(store), FIXED);
  }

  private static Minibatch with(Minibatch minibatch, GroupMember.Builder changed) {
    RolloutGroup group = minibatch.getGroups().get(0);
    List<GroupMember> members = new ArrayList<>(group.getMembers());
    members.set(0, changed.build());
    return Minibatch.newBuilder(minibatch)
        .setGroups(List.of(RolloutGroup.newBuilder(group).setMembers(members).build()))
        .build();
  }

  private static ByteBuffer nanFor(int tokens) {
    float[] values = new float[tokens];
    values[0] = Float.NaN;
    return Packed.floats(values);
  }
}
