package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectGroupTest {
  private static final Duration W2 = Duration.ofMillis(1000);
  private static final long SHOWN = 100;
  private static final long TIMEOUT = 50;

  private KeyedOneInputStreamOperatorTestHarness<String, RewardTuple, TrainingItem> collect;

  @BeforeEach
  void open() throws Exception {
    collect = create("centred");
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    collect.processWatermark(Long.MAX_VALUE);
    assertThat(collect.numKeyedStateEntries() + collect.numEventTimeTimers()).isZero();
    collect.close();
  }

  @Test
  void emitsAFullGroupWithCentredAdvantages() throws Exception {
    receive(base("a", 1), base("b", 0), base("c", .5), base("d", .5));

    RolloutGroup group = items().get(0).group();

    assertThat(group.getMembers())
        .extracting(GroupMember::getRolloutId, GroupMember::getAdvantage)
        .containsExactly(tuple("a", .5), tuple("b", -.5), tuple("c", 0.), tuple("d", 0.));
    assertThat(group.getFirstImpression().toEpochMilli()).isEqualTo(SHOWN);
  }

  @Test
  void emitsASmallerGroupWhenTheTimeoutPasses() throws Exception {
    receive(base("a", 1), base("b", 0));

    collect.processWatermark(SHOWN + TIMEOUT - 1);
    assertThat(items()).isEmpty();
    collect.processWatermark(SHOWN + TIMEOUT);
    assertThat(items().get(0).group().getMembers()).hasSize(2);
  }

  @Test
  void emitsNothingForALoneRollout() throws Exception {
    receive(base("a", 1));

    collect.processWatermark(SHOWN + TIMEOUT);

    assertThat(items()).isEmpty();
  }

  @Test
  void reportsAFlatGroupAndStillCorrectsIt() throws Exception {
    RewardTuple late = base("b", 1);
    receive(base("a", 1), late, base("c", 1), base("d", 1));
    receive(Tuples.correction(late, 1, 1));

    List<TrainingItem> items = items();

    assertThat(items.get(0).flat()).isTrue();
    assertThat(items.get(1).kind()).isEqualTo(MinibatchKind.CORRECTIONS);
    assertThat(items.get(1).group().getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage, GroupMember::getSequence)
        .containsExactly(
            tuple(0., -.25, 0), tuple(1., .75, 1), tuple(0., -.25, 0), tuple(0., -.25, 0));
  }

  @Test
  void addsACorrectionToAMemberThatStillWaits() throws Exception {
    RewardTuple waiting = base("a", 1);
    receive(waiting, Tuples.correction(waiting, 1, 3), base("b", 0));

    collect.processWatermark(SHOWN + TIMEOUT);

    assertThat(items().get(0).group().getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage)
        .containsExactly(tuple(4., 2.), tuple(0., -2.));
  }

  @Test
  void forgetsAGroupAfterItsLastLongWindow() throws Exception {
    RewardTuple late = base("a", 1);
    receive(late, base("b", 0));
    collect.processWatermark(SHOWN + W2.toMillis());
    receive(Tuples.correction(late, 1, 3));

    assertThat(items()).hasSize(1);
  }

  @Test
  void takesEachRolloutOnce() throws Exception {
    receive(base("a", 1), base("a", 1), base("b", 0));
    collect.processWatermark(SHOWN + TIMEOUT);
    receive(base("a", 1));

    assertThat(items().get(0).group().getMembers()).hasSize(2);
  }

  @Test
  void leavesUntrainableRolloutsOut() throws Exception {
    receive(RewardTuple.newBuilder(base("a", 1)).setTrainable(false).build(), base("b", 0));

    collect.processWatermark(SHOWN + TIMEOUT);

    assertThat(items()).isEmpty();
  }

  @Test
  void doesNotCorrectScaledAdvantages() throws Exception {
    collect.close();
    collect = create("sample-std");
    RewardTuple late = base("a", 1);
    receive(late, base("b", 0), base("c", 0), base("d", 0), Tuples.correction(late, 1, 3));

    assertThat(items()).extracting(TrainingItem::kind).containsExactly(MinibatchKind.GROUPS);
  }

  @Test
  void continuesAnOpenGroupAfterARestore() throws Exception {
    receive(base("a", 1), base("b", 0), base("c", 0));
    var state = collect.snapshot(1, 0);
    collect.close();
    collect = harness("centred");
    collect.initializeState(state);
    collect.open();
    receive(base("d", 0));

    assertThat(items().get(0).group().getMembers()).hasSize(4);
  }

  private static RewardTuple base(String rolloutId, double reward) {
    return Tuples.base(rolloutId, 0, reward, SHOWN);
  }

  private void receive(RewardTuple... tuples) throws Exception {
    for (RewardTuple tuple : tuples) {
      collect.processElement(tuple, tuple.getImpressionTime().toEpochMilli());
    }
  }

  private List<TrainingItem> items() {
    return collect.extractOutputValues();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RewardTuple, TrainingItem> create(
      String advantage) throws Exception {
    var harness = harness(advantage);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RewardTuple, TrainingItem> harness(
      String advantage) throws Exception {
    AssemblyConfig config =
        new ConfigBinder(
                Map.of("assembly.group-timeout", "PT0.05S", "assembly.advantage", advantage))
            .bind("assembly", AssemblyConfig.class);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new CollectGroup(config, W2)),
        RewardTuple::getGroupKey,
        Types.STRING);
  }
}
