package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackMinibatchTest {
  private static final long FIRST_LINEAGE = -1;

  private final List<Minibatch> minibatches = new ArrayList<>();
  private Stage<TrainingItem, Minibatch> pack;

  @BeforeEach
  void open() throws Exception {
    AssemblyConfig config =
        new ConfigBinder(
                Map.of(
                    "assembly.groups-per-minibatch", "2",
                    "assembly.groups-per-query", "1",
                    "assembly.flush-interval", "PT10S"))
            .bind("assembly", AssemblyConfig.class);
    pack =
        new Stage<>(
            () -> new PackMinibatch(config), TrainingItem::packingKey, new HashMapStateBackend());
    pack.processingTime(1_000);
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    pack.watermark(Long.MAX_VALUE);
    assertThat(pack.openState()).isZero();
    pack.close();
  }

  @Test
  void sendsAMinibatchAsSoonAsItIsFull() throws Exception {
    receive(TrainingItem.flatGroup(FIRST_LINEAGE), group("a"), group("b"));

    Minibatch minibatch = minibatches.get(0);

    assertThat(minibatch.getKind()).isEqualTo(MinibatchKind.GROUPS);
    assertThat(groupIds(minibatch)).containsExactly("a", "b");
    assertThat(minibatch.getFlatGroups()).isEqualTo(1);
    assertThat(minibatch.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
  }

  @Test
  void sendsAPartFilledMinibatchAfterTheFlushInterval() throws Exception {
    receive(group("a"));

    processingTime(10_999);
    assertThat(minibatches).isEmpty();
    processingTime(11_000);
    assertThat(minibatches).hasSize(1);
    assertThat(pack.openState()).isZero();
  }

  @Test
  void sendsWhatIsLeftWhenADrainedJobEnds() throws Exception {
    receive(group("a"));

    pack.watermark(Long.MAX_VALUE);

    assertThat(pack.take()).hasSize(1);
  }

  @Test
  void letsAHotQueryWaitForOthers() throws Exception {
    receive(group("a1"), group("a2"), group("a3"));
    assertThat(minibatches).isEmpty();

    receive(group("b1"));
    assertThat(groupIds(minibatches.get(0))).containsExactly("a1", "b1");

    processingTime(11_000);
    assertThat(minibatches).hasSize(2);
    assertThat(groupIds(minibatches.get(1))).containsExactly("a2", "a3");
  }

  @Test
  void boundsWhatAHotQueryMayPileUp() throws Exception {
    for (int i = 0; i < 2 * PackMinibatch.MOST_WAITING; i++) {
      receive(group("a" + i));
    }

    assertThat(minibatches).hasSize(1);
    assertThat(groupIds(minibatches.get(0))).containsExactly("a0", "a1");
  }

  @Test
  void keepsKindsAndLineagesApart() throws Exception {
    receive(
        group("a"),
        TrainingItem.correction(FIRST_LINEAGE, groupOf("a")),
        pair("p"),
        TrainingItem.group(7, groupOf("b")));
    assertThat(minibatches).isEmpty();

    processingTime(11_000);

    assertThat(minibatches)
        .allSatisfy(m -> assertThat(m.getGroups().size() + m.getPairs().size()).isEqualTo(1));
    assertThat(minibatches).extracting(Minibatch::getLineage).contains(7L);
  }

  @Test
  void packsPairsAndPartialOrdersTogether() throws Exception {
    PartialOrder order = PartialOrder.newBuilder().setOrderId("o").setGroupKey("b").build();
    receive(pair("a"), TrainingItem.order(FIRST_LINEAGE, 0, order));

    assertThat(minibatches.get(0).getKind()).isEqualTo(MinibatchKind.PAIRS);
    assertThat(minibatches.get(0).getPairs()).hasSize(1);
    assertThat(minibatches.get(0).getOrders()).containsExactly(order);
  }

  @Test
  void dropsWhatWaitsAndWhatComesOfAWithdrawnLineage() throws Exception {
    receive(group("a"), TrainingItem.group(7, groupOf("b")), group("c"));
    pack.restart();
    pack.processingTime(1_000);
    receive(group("d"));

    processingTime(11_000);

    assertThat(minibatches).extracting(Minibatch::getLineage).containsExactly(7L);
    assertThat(pack.count("withdrawn_lineage")).isEqualTo(3);
  }

  @Test
  void flushesAfterARestartWhatWaitedBefore() throws Exception {
    receive(group("a"));
    pack.restart();
    processingTime(11_000);

    assertThat(minibatches).hasSize(1);
  }

  @Test
  void dropsGroupsAndPairsThatLieTooFarBehindButNoCorrections() throws Exception {
    try (var gate =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new StalenessGate(Duration.ofMillis(100))))) {
      gate.open();
      gate.processWatermark(201);
      gate.processElement(shownAt(100), 0);
      gate.processElement(shownAt(101), 0);
      gate.processElement(TrainingItem.pair(FIRST_LINEAGE, 100, new PreferencePair()), 0);
      gate.processElement(TrainingItem.pair(FIRST_LINEAGE, 102, new PreferencePair()), 0);
      gate.processElement(TrainingItem.correction(FIRST_LINEAGE, shownAt(1).group()), 0);
      gate.processElement(TrainingItem.flatGroup(FIRST_LINEAGE), 0);

      assertThat(gate.extractOutputValues())
          .extracting(TrainingItem::lastImpression)
          .containsExactly(101L, 102L, 1L, 0L);
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

  /** A group of the query its id begins with. */
  private static RolloutGroup groupOf(String id) {
    return RolloutGroup.newBuilder().setGroupId(id).setGroupKey(id.substring(0, 1)).build();
  }

  private static TrainingItem pair(String id) {
    return TrainingItem.pair(
        FIRST_LINEAGE, 0, PreferencePair.newBuilder().setPairId(id).setGroupKey(id).build());
  }

  private static List<String> groupIds(Minibatch minibatch) {
    return minibatch.getGroups().stream().map(RolloutGroup::getGroupId).toList();
  }

  private void receive(TrainingItem... items) throws Exception {
    for (TrainingItem item : items) {
      pack.receive(item);
      minibatches.addAll(pack.take());
    }
  }

  private void processingTime(long time) throws Exception {
    pack.processingTime(time);
    minibatches.addAll(pack.take());
  }
}
