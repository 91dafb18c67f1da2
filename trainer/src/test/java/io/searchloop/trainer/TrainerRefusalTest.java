package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RolloutGroup;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer does not learn from, and what its gate does not let out. */
@Timeout(60)
@ExtendWith(ToyWarmStart.Shared.class)
class TrainerRefusalTest {
  @TempDir Path directory;
  private ToyTraining training;
  private InMemoryLoop loop;

  @BeforeEach
  void open(ToyWarmStart warmStart) {
    training = new ToyTraining(warmStart, directory);
    loop = training.loop;
  }

  @Test
  void refusesMinibatchesOfAnotherLineage() {
    training.addGroups(1, 7);
    training.addGroups(1, -1);

    TrainerStatus status = training.run(Map.of("trainer.release-every", "1"));

    assertThat(status.refused()).containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.newest().manifest().provenance().refusedMinibatches())
        .containsExactly(Map.entry("foreign_lineage", 1L));
    assertThat(loop.newest().manifest().provenance().fromMinibatch()).isZero();
    assertThat(loop.committed).isEqualTo(2);
  }

  @Test
  void refusesMinibatchesThatAreNotFinite() {
    training.addGroups(1, -1);
    Minibatch poisoned = loop.minibatches.remove(0);
    GroupMember member = poisoned.getGroups().get(0).getMembers().get(0);
    loop.minibatches.add(with(poisoned, GroupMember.newBuilder(member).setAdvantage(Double.NaN)));
    loop.minibatches.add(
        with(
            poisoned,
            GroupMember.newBuilder(member)
                .setLogProbs(nanFor(Packed.ints(member.getTokenIds()).length))));
    loop.minibatches.add(with(poisoned, GroupMember.newBuilder(member).setAdvantage(1e300)));

    TrainerStatus status = training.run(Map.of());

    assertThat(status.refused())
        .containsExactlyInAnyOrderEntriesOf(Map.of("not_finite", 2L, "loss_not_finite", 1L));
    assertThat(status.step()).isZero();
    assertThat(loop.points.get(2).getValues()).containsEntry("refused.loss_not_finite", 1.0);
  }

  @Test
  void refusesTokensThatNoSamplerCouldHaveDrawn() {
    training.addGroups(1, -1);
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

    TrainerStatus status = training.run(Map.of());

    assertThat(status.refused())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("malformed", 2L, "empty", 1L, "unknown_kind", 1L, "undecodable", 1L));
  }

  @Test
  void refusesRolloutsOfAPolicyThatIsTooFarAway() {
    training.addGroups(1, -1);
    Minibatch good = loop.minibatches.remove(0);
    GroupMember member = good.getGroups().get(0).getMembers().get(0);
    float[] unlikely = new float[Packed.ints(member.getTokenIds()).length];
    Arrays.fill(unlikely, -20);
    loop.minibatches.add(
        with(good, GroupMember.newBuilder(member).setLogProbs(Packed.floats(unlikely))));

    TrainerStatus status = training.run(Map.of());

    assertThat(status.refused()).containsExactly(Map.entry("diverged", 1L));
    assertThat(status.step()).isZero();
  }

  @Test
  void skipsPairsUnderGrpoAndGroupsUnderDpo() {
    training.addGroups(1, -1);
    loop.minibatches.add(ToyShop.pairs(training.warmStart.format(), -1));

    assertThat(training.run(Map.of()).refused()).containsExactly(Map.entry("other_algorithm", 1L));
    assertThat(training.run(new InMemoryLoop(), directory.resolve("none"), Map.of()).refused())
        .isEmpty();

    InMemoryLoop dpo = new InMemoryLoop();
    dpo.minibatches.addAll(loop.minibatches);
    TrainerStatus status =
        training.run(dpo, directory.resolve("dpo"), Map.of("trainer.algorithm", "dpo"));
    assertThat(status.refused()).containsExactly(Map.entry("other_algorithm", 1L));
    assertThat(status.trained()).isEqualTo(1);
  }

  @Test
  void goesBackToTheLastReleaseWhenTheGateRefuses() {
    training.addGroups(2, -1);

    TrainerStatus status =
        training.run(
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
  void restoresOptimiserAndRandomnessOfTheParentWhenTheGateRefuses() {
    training.addGroups(2, -1);
    loop.beforePoll =
        offset -> {
          if (offset == 1) {
            training.stop();
            throw new WakeupException();
          }
        };
    training.run(
        Map.of(
            "trainer.release-every", "1",
            "trainer.learning-rate", "0.05",
            "trainer.gate.max-kl", "0.0000001"));
    loop.beforePoll = offset -> {};
    training.run(Map.of("trainer.release-every", "1"));

    InMemoryLoop undisturbed = new InMemoryLoop();
    undisturbed.minibatches.add(
        ToyShop.pairs(training.warmStart.format(), -1)); // refused: other algorithm
    undisturbed.minibatches.add(loop.minibatches.get(1));
    training.run(
        undisturbed, directory.resolve("undisturbed"), Map.of("trainer.release-every", "1"));

    assertThat(loop.refusals).hasSize(1);
    assertThat(loop.newest().manifest().checkpoint())
        .isEqualTo(undisturbed.newest().manifest().checkpoint());
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
