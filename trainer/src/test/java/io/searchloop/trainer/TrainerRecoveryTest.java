package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a trainer goes on after crashes, rollbacks and lost disks. */
@Timeout(60)
@ExtendWith(ToyWarmStart.Shared.class)
class TrainerRecoveryTest {
  @TempDir Path directory;
  private ToyTraining training;
  private InMemoryLoop loop;

  @BeforeEach
  void open(ToyWarmStart warmStart) {
    training = new ToyTraining(warmStart, directory);
    loop = training.loop;
  }

  @Test
  void resumesAfterACrashBitByBitAsIfNothingHadHappened() {
    training.addGroups(6, -1);
    training.run(Map.of("trainer.release-every", "3"));
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
    assertThatThrownBy(() -> training.run(crashed, store, Map.of("trainer.release-every", "3")))
        .hasMessage("power cut");
    assertThat(crashed.committed).isEqualTo(3);
    crashed.beforePoll = offset -> {};
    training.run(crashed, store, Map.of("trainer.release-every", "3"));

    assertThat(crashed.newestArtifact()).isEqualTo(uninterrupted);
    assertThat(crashed.newest().manifest().checkpoint()).isEqualTo(checkpoint);
    assertThat(crashed.releases).hasSize(3);
  }

  @Test
  void rewindsWeightsAndOptimiserWhenAnOperatorRollsBack() {
    training.addGroups(2, -1);
    training.run(Map.of("trainer.release-every", "1"));
    assertThat(loop.releases).hasSize(3);
    byte[] afterOne = loop.artifacts.get(2L);

    loop.rollBackTo(2);
    loop.minibatches.add(loop.minibatches.get(1)); // still of the withdrawn lineage
    training.addGroups(1, 0);
    TrainerStatus status =
        training.run(Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));

    assertThat(training.newestWeights()).isEqualTo(ToyShop.weights(afterOne, training.network));
    assertThat(loop.newest().manifest().lineage()).isZero();
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(2);
    assertThat(loop.newest().manifest().step()).isEqualTo(2);
    assertThat(status.refused()).containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.committed).isEqualTo(4);
  }

  @Test
  void withdrawsWhatItTrainedWhenARollbackComesBetweenReleases() {
    training.addGroups(3, -1);
    training.addGroups(1, 0);
    loop.beforePoll =
        offset -> {
          if (offset == 2 && loop.controls.isEmpty()) {
            loop.rollBackTo(0);
          }
        };

    TrainerStatus status =
        training.run(Map.of("trainer.release-every", "4", "trainer.release-interval", "PT1H"));

    // The third was already on its way when the rollback came; it fell with the other two.
    assertThat(status.refused()).containsExactly(Map.entry("withdrawn", 3L));
    assertThat(status.trained()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(1);
    assertThat(status.lineage()).isZero();
    assertThat(status.nextMinibatch()).isEqualTo(4);
  }

  @Test
  void refusesToStartWhenOffsetsAndReleasesDisagree() {
    training.addGroups(1, -1);
    training.run(Map.of("trainer.release-every", "1"));
    loop.committed = 0;

    assertThatThrownBy(() -> training.run(Map.of()))
        .hasMessageContaining("up to offset 1")
        .hasMessageContaining("set the group back to 1");
  }

  @Test
  void goesOnWhereTheReleaseLogEndsWhenKafkaForgotTheOffset() {
    training.addGroups(2, -1);
    training.run(Map.of("trainer.release-every", "1"));
    loop.offsetExpired = true;
    training.addGroups(1, -1);

    TrainerStatus status = training.run(Map.of("trainer.release-every", "1"));

    assertThat(status.trained()).isEqualTo(1);
    assertThat(loop.committed).isEqualTo(3);
    assertThat(loop.newest().manifest().provenance().fromMinibatch()).isEqualTo(2);
  }

  @Test
  void refusesToStartOnALogThatBeganWithAnotherWarmStart() {
    training.run(Map.of());

    try (WarmStart other = ToyShop.warmStart(2)) {
      Trainer trainer = training.trainer(loop, directory, other, Map.of());
      assertThatThrownBy(trainer::run)
          .hasMessageContaining("Start with the warm start of this log");
      assertThat(trainer.status().phase()).isEqualTo(TrainerStatus.Phase.FAILED);
    }
  }

  @Test
  void rebuildsWeightsFromTheReleaseWhenTheDiskIsLostAndCountsIt() {
    training.addGroups(2, -1);
    training.run(Map.of("trainer.release-every", "1"));
    byte[] before = loop.newestArtifact();
    training.addGroups(1, -1);

    TrainerStatus status =
        training.run(
            loop,
            directory.resolve("empty"),
            Map.of("trainer.release-every", "1", "trainer.learning-rate", "0"));

    assertThat(status.rebuilds()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(3);
    assertThat(training.newestWeights()).isEqualTo(ToyShop.weights(before, training.network));
    assertThat(loop.newest().manifest().parentVersion()).isEqualTo(4);
    assertThat(training.run(loop, directory.resolve("empty"), Map.of()).rebuilds()).isZero();
  }

  @Test
  void rebuildsWeightsFromAKeyframeAndItsDeltas() {
    Map<String, String> settings =
        Map.of(
            "trainer.release-every", "1",
            "trainer.export-precision", "bf16",
            "trainer.max-delta-share", "2",
            "trainer.learning-rate", "0.001");
    training.addGroups(2, -1);
    training.run(settings);
    ReleaseManifest released = loop.newest().manifest();
    assertThat(released.base()).map(ReleaseBase::depth).contains(2);
    training.addGroups(1, -1);
    Map<String, String> still = new HashMap<>(settings);
    still.put("trainer.learning-rate", "0");

    TrainerStatus status = training.run(loop, directory.resolve("empty"), still);

    assertThat(status.rebuilds()).isEqualTo(1);
    assertThat(loop.newest().manifest().step()).isEqualTo(3);
    assertThat(loop.newest().manifest().base()).as("of a trainer that has just begun").isEmpty();
    assertThat(training.newestWeights())
        .isNotEqualTo(ToyShop.weights(training.first.toBytes(), training.network));
  }

  @Test
  void goesBackToRebuiltWeightsWhenTheGateRefusesWhatFollows() {
    training.addGroups(1, -1);
    training.run(Map.of("trainer.release-every", "1"));
    training.addGroups(1, -1);

    TrainerStatus status =
        training.run(
            loop,
            directory.resolve("empty"),
            Map.of("trainer.release-every", "1", "trainer.gate.max-kl", "0.0000001"));

    assertThat(status.refusals()).isEqualTo(1);
    assertThat(status.step()).isEqualTo(1);
  }

  @Test
  void namesTheRemedyWhenDiskAndChunksAreLostAndGoesOnFromTheWarmStart() {
    training.addGroups(1, -1);
    training.run(Map.of("trainer.release-every", "1"));
    Path empty = directory.resolve("empty");
    loop.artifacts.remove(2L);

    assertThatThrownBy(() -> training.run(loop, empty, Map.of()))
        .hasMessageContaining("of policy version 2 is not on this disk")
        .hasMessageContaining("roll back");
    loop.rollBackTo(0);
    TrainerStatus status = training.run(loop, empty, Map.of());

    assertThat(status.step()).isZero();
    assertThat(status.lineage()).isZero();
    assertThat(status.rebuilds()).isZero();
  }

  @Test
  void keepsTheCheckpointOfEveryReleaseOnDisk() {
    training.addGroups(2, -1);
    training.run(Map.of("trainer.release-every", "1"));

    for (var release : loop.releases) {
      assertThat(Files.exists(directory.resolve(release.manifest().checkpoint() + ".safetensors")))
          .isTrue();
    }
  }

  @Test
  void letsGoOfCheckpointsNobodyNeeds() {
    training.addGroups(6, -1);
    training.run(Map.of("trainer.release-every", "1", "trainer.keep-checkpoints", "1"));

    List<String> kept =
        loop.releases.stream()
            .map(release -> release.manifest().checkpoint())
            .filter(hash -> Files.exists(directory.resolve(hash + ".safetensors")))
            .toList();

    // The warm start, the newest of the log as it was read before the last release, and that one.
    assertThat(kept).hasSize(3).contains(loop.releases.get(0).manifest().checkpoint());
    assertThat(kept.get(2)).isEqualTo(loop.newest().manifest().checkpoint());
    loop.rollBackTo(4);
    assertThat(training.run(Map.of()).rebuilds()).isEqualTo(1);
  }
}
