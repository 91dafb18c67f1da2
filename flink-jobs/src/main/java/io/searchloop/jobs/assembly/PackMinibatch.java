package io.searchloop.jobs.assembly;

import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Fills minibatches. A part-filled one leaves after the flush interval by the wall clock, because a
 * quiet shop should still learn within seconds, and when a drained job reaches the end of event
 * time. Keyed by kind and lineage, so that a minibatch never mixes either; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class PackMinibatch extends KeyedProcessFunction<String, TrainingItem, Minibatch> {
  private static final long serialVersionUID = 1L;
  private static final long END_OF_TIME = Long.MAX_VALUE;

  private final AssemblyConfig config;
  private transient ListState<TrainingItem> waiting;
  private transient ValueState<Integer> flatGroups;
  private transient ValueState<Long> flushAt;
  private transient Counter minibatches;

  PackMinibatch(AssemblyConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    waiting =
        runtime.getListState(
            new ListStateDescriptor<>("waiting", TypeInformation.of(TrainingItem.class)));
    flatGroups = runtime.getState(new ValueStateDescriptor<>("flat-groups", Types.INT));
    flushAt = runtime.getState(new ValueStateDescriptor<>("flush-at", Types.LONG));
    minibatches = runtime.getMetricGroup().counter("minibatches");
  }

  @Override
  public void processElement(TrainingItem item, Context context, Collector<Minibatch> out)
      throws Exception {
    if (item.flat()) {
      flatGroups.update(flats() + 1);
      return;
    }
    waiting.add(item);
    List<TrainingItem> items = waitingItems();
    if (items.size() == 1) {
      scheduleFlush(context.timerService());
    }
    if (items.size() >= config.groupsPerMinibatch()) {
      pack(items, context.timerService(), out);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Minibatch> out)
      throws Exception {
    List<TrainingItem> items = waitingItems();
    if (!items.isEmpty()) {
      pack(items, context.timerService(), out);
    }
  }

  private void scheduleFlush(TimerService timers) throws Exception {
    long time = timers.currentProcessingTime() + config.flushInterval().toMillis();
    flushAt.update(time);
    timers.registerProcessingTimeTimer(time);
    timers.registerEventTimeTimer(END_OF_TIME);
  }

  private void pack(List<TrainingItem> items, TimerService timers, Collector<Minibatch> out)
      throws Exception {
    out.collect(
        Minibatch.newBuilder()
            .setKind(items.get(0).kind())
            .setLineage(items.get(0).lineage())
            .setGroups(groups(items))
            .setPairs(pairs(items))
            .setCreatedAt(Instant.ofEpochMilli(timers.currentProcessingTime()))
            .setFlatGroups(flats())
            .build());
    minibatches.inc();
    timers.deleteProcessingTimeTimer(flushAt.value());
    timers.deleteEventTimeTimer(END_OF_TIME);
    waiting.clear();
    flatGroups.clear();
    flushAt.clear();
  }

  private static List<RolloutGroup> groups(List<TrainingItem> items) {
    return items.stream().map(TrainingItem::group).filter(Objects::nonNull).toList();
  }

  private static List<PreferencePair> pairs(List<TrainingItem> items) {
    return items.stream().map(TrainingItem::pair).filter(Objects::nonNull).toList();
  }

  private int flats() throws Exception {
    Integer count = flatGroups.value();
    return count == null ? 0 : count;
  }

  private List<TrainingItem> waitingItems() throws Exception {
    List<TrainingItem> items = new ArrayList<>();
    waiting.get().forEach(items::add);
    return items;
  }
}
