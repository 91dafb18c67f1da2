package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.past.PastLessons;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * The operators of the minibatch job, one after the other in one thread, so that a test decides the
 * order of records and watermarks and reads every counter.
 */
final class AssemblyLine implements AutoCloseable {
  private final AssemblyConfig config;
  private final Stage<RewardTuple, RewardTuple> admit;
  private final Stage<RewardTuple, TrainingItem> collect;
  private final Stage<RewardTuple, TrainingItem> purchases;
  private final Stage<RewardTuple, TrainingItem> pairs;
  private final Stage<TrainingItem, Minibatch> pack;
  private final List<Stage<?, ?>> stages;
  private final List<TrainingItem> items = new ArrayList<>();
  private final List<Minibatch> minibatches = new ArrayList<>();

  AssemblyLine(Map<String, String> settings) throws Exception {
    this(settings, new HashMapStateBackend());
  }

  AssemblyLine(Map<String, String> settings, StateBackend backend) throws Exception {
    config = new ConfigBinder(settings).bind("assembly", AssemblyConfig.class);
    admit =
        new Stage<>(
            () -> new AdmitTuples(config, () -> PastLessons.NONE), Comparison::keyOf, backend);
    collect = new Stage<>(() -> new CollectGroup(config), Comparison::keyOf, backend);
    purchases = new Stage<>(() -> new PairPurchases(config), Comparison::keyOf, backend);
    pairs = new Stage<>(() -> new AdmitPairs(config), RewardTuple::getGroupKey, backend);
    pack = new Stage<>(() -> new PackMinibatch(config), TrainingItem::packingKey, backend);
    stages = List.of(admit, collect, purchases, pairs, pack);
  }

  AssemblyConfig config() {
    return config;
  }

  void receive(RewardTuple... tuples) throws Exception {
    for (RewardTuple tuple : tuples) {
      admit.receive(tuple);
      passOn();
    }
  }

  void watermark(long time) throws Exception {
    admit.watermark(time);
    passOn();
    for (Stage<RewardTuple, TrainingItem> stage : List.of(collect, purchases, pairs)) {
      stage.watermark(time);
      packAll(stage);
    }
    pack.watermark(time);
    minibatches.addAll(pack.take());
  }

  void processingTime(long time) throws Exception {
    pack.processingTime(time);
    minibatches.addAll(pack.take());
  }

  /** Ends every operator and begins again from its state, as a restart does. */
  void restart() throws Exception {
    for (Stage<?, ?> stage : stages) {
      stage.restart();
    }
  }

  /** The operators, in the order of the flow. */
  List<Stage<?, ?>> stages() {
    return stages;
  }

  /** Everything that was assembled, before it is packed. */
  List<TrainingItem> items() {
    return items;
  }

  List<RolloutGroup> groups() {
    return ofKind(MinibatchKind.GROUPS);
  }

  List<RolloutGroup> corrections() {
    return ofKind(MinibatchKind.CORRECTIONS);
  }

  List<PreferencePair> pairs() {
    return items.stream().map(TrainingItem::pair).filter(Objects::nonNull).toList();
  }

  List<PartialOrder> orders() {
    return items.stream().map(TrainingItem::order).filter(Objects::nonNull).toList();
  }

  List<Minibatch> minibatches() {
    return minibatches;
  }

  /** A counter, summed over the operators that have it. */
  long count(String counter) {
    return stages.stream().mapToLong(stage -> stage.count(counter)).sum();
  }

  /** Ends time; nothing may be left. */
  void finish() throws Exception {
    watermark(Long.MAX_VALUE);
    for (Stage<?, ?> stage : stages) {
      assertThat(stage.openState()).isZero();
    }
    close();
  }

  @Override
  public void close() throws Exception {
    for (Stage<?, ?> stage : stages) {
      stage.close();
    }
  }

  private List<RolloutGroup> ofKind(MinibatchKind kind) {
    return items.stream()
        .filter(item -> item.kind() == kind)
        .map(TrainingItem::group)
        .filter(Objects::nonNull)
        .toList();
  }

  private void passOn() throws Exception {
    for (RewardTuple tuple : admit.take()) {
      collect.receive(tuple);
      packAll(collect);
      if (Comparison.onPage(tuple)) {
        purchases.receive(tuple);
        packAll(purchases);
      }
      if (Comparison.shownAlone(tuple)) {
        pairs.receive(tuple);
        packAll(pairs);
      }
    }
  }

  private void packAll(Stage<?, TrainingItem> stage) throws Exception {
    for (TrainingItem item : stage.take()) {
      items.add(item);
      pack.receive(item);
      minibatches.addAll(pack.take());
    }
  }
}
