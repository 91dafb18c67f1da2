package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackMinibatchTest {
  private static final long FIRST_LINEAGE = -1;

  private KeyedOneInputStreamOperatorTestHarness<String, TrainingItem, Minibatch> pack;

  @BeforeEach
  void open() throws Exception {
    AvroTypes.register();
    AssemblyConfig config =
        new ConfigBinder(
                Map.of("assembly.groups-per-minibatch", "2", "assembly.flush-interval", "PT10S"))
            .bind("assembly", AssemblyConfig.class);
    pack =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new PackMinibatch(config)),
            TrainingItem::packingKey,
            Types.STRING);
    pack.open();
    pack.setProcessingTime(1_000);
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    pack.setProcessingTime(1_000_000);
    assertThat(pack.numKeyedStateEntries()).isZero();
    assertThat(pack.numEventTimeTimers() + pack.numProcessingTimeTimers()).isZero();
    pack.close();
  }

  @Test
  void sendsAMinibatchAsSoonAsItIsFull() throws Exception {
    receive(TrainingItem.flatGroup(FIRST_LINEAGE), group("a"), group("b"));

    Minibatch minibatch = minibatches().get(0);

    assertThat(minibatch.getKind()).isEqualTo(MinibatchKind.GROUPS);
    assertThat(minibatch.getGroups())
        .extracting(RolloutGroup::getGroupId)
        .containsExactly("a", "b");
    assertThat(minibatch.getFlatGroups()).isEqualTo(1);
    assertThat(minibatch.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
  }

  @Test
  void sendsAPartFilledMinibatchAfterTheFlushInterval() throws Exception {
    receive(group("a"));

    pack.setProcessingTime(10_999);
    assertThat(minibatches()).isEmpty();
    pack.setProcessingTime(11_000);
    assertThat(minibatches()).hasSize(1);
  }

  @Test
  void sendsWhatIsLeftWhenADrainedJobEnds() throws Exception {
    receive(group("a"));

    pack.processWatermark(Long.MAX_VALUE);

    assertThat(minibatches()).hasSize(1);
  }

  @Test
  void keepsKindsAndLineagesApart() throws Exception {
    receive(
        group("a"),
        TrainingItem.correction(FIRST_LINEAGE, groupOf("a")),
        TrainingItem.pair(FIRST_LINEAGE, PreferencePair.newBuilder().setPairId("p").build()),
        TrainingItem.group(7, groupOf("b")));
    assertThat(minibatches()).isEmpty();

    pack.setProcessingTime(11_000);

    assertThat(minibatches())
        .hasSize(4)
        .allSatisfy(m -> assertThat(m.getGroups().size() + m.getPairs().size()).isEqualTo(1));
    assertThat(minibatches()).extracting(Minibatch::getLineage).containsOnlyOnce(7L);
  }

  @Test
  void dropsGroupsThatLieTooFarBehind() throws Exception {
    try (var gate =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new StalenessGate(Duration.ofMillis(100))))) {
      gate.open();
      gate.processWatermark(201);
      gate.processElement(shownAt(100), 0);
      gate.processElement(shownAt(101), 0);
      gate.processElement(TrainingItem.correction(FIRST_LINEAGE, shownAt(1).group()), 0);

      assertThat(gate.extractOutputValues())
          .extracting(item -> item.group().getLastImpression().toEpochMilli())
          .containsExactly(101L, 1L);
    }
  }

  private static TrainingItem shownAt(long impression) {
    return TrainingItem.group(
        FIRST_LINEAGE,
        RolloutGroup.newBuilder().setLastImpression(Instant.ofEpochMilli(impression)).build());
  }

  private static TrainingItem group(String id) {
    return TrainingItem.group(FIRST_LINEAGE, groupOf(id));
  }

  private static RolloutGroup groupOf(String id) {
    return RolloutGroup.newBuilder().setGroupId(id).build();
  }

  private void receive(TrainingItem... items) throws Exception {
    for (TrainingItem item : items) {
      pack.processElement(item, 0);
    }
  }

  private List<Minibatch> minibatches() {
    return pack.extractOutputValues();
  }
}
