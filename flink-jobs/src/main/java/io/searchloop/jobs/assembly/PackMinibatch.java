package io.searchloop.jobs.assembly;

import io.searchloop.schemas.Minibatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Fills minibatches, balanced over queries by {@link FairShare}. A minibatch leaves when as many
 * items wait as it holds, those of a query counted up to its cap; when {@value #MOST_WAITING}
 * minibatches' worth of items wait, so that a hot query cannot grow the state; after the flush
 * interval by the wall clock, because a quiet shop should still learn within seconds; and when a
 * drained job reaches the end of event time. Items of a withdrawn lineage are dropped and counted.
 * Keyed by kind and lineage, so that a minibatch never mixes either; one task thread in the job.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class PackMinibatch extends KeyedProcessFunction<String, TrainingItem, Minibatch>
    implements CheckpointedFunction {
  static final int MOST_WAITING = 4;
  private static final long serialVersionUID = 1L;
  private static final long END_OF_TIME = Long.MAX_VALUE;

  private final AssemblyConfig config;
  private transient NewestLineage lineages;
  private transient ListState<TrainingItem> waiting;
  private transient MapState<String, Integer> waitingOfQuery;
  private transient ValueState<Backlog> backlog;
  private transient Counter minibatches;
  private transient Counter withdrawnLineage;

  PackMinibatch(AssemblyConfig config) {
    this.config = config;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    lineages = NewestLineage.restore(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    lineages.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    waiting =
        runtime.getListState(
            new ListStateDescriptor<>("waiting", TypeInformation.of(TrainingItem.class)));
    waitingOfQuery =
        runtime.getMapState(new MapStateDescriptor<>("waiting-of-query", Types.STRING, Types.INT));
    backlog =
        runtime.getState(new ValueStateDescriptor<>("backlog", TypeInformation.of(Backlog.class)));
    minibatches = runtime.getMetricGroup().counter("minibatches");
    withdrawnLineage = runtime.getMetricGroup().counter("withdrawn_lineage");
  }

  @Override
  public void processElement(TrainingItem item, Context context, Collector<Minibatch> out)
      throws Exception {
    if (lineages.withdrawn(item.lineage())) {
      withdrawnLineage.inc();
      return;
    }
    lineages.see(item.lineage());
    TimerService timers = context.timerService();
    timers.registerEventTimeTimer(END_OF_TIME);
    if (item.flat()) {
      backlog.update(current().plusFlat());
    } else {
      await(item, timers);
    }
    while (due(current())) {
      pack(items(), timers, out);
    }
  }

  private void await(TrainingItem item, TimerService timers) throws Exception {
    Backlog before = current();
    Backlog now = before.plus(count(item) <= config.groupsPerQuery());
    if (before.total() == 0) {
      now = now.flushedAt(timers.currentProcessingTime() + config.flushInterval().toMillis());
      timers.registerProcessingTimeTimer(now.flushAt());
    }
    waiting.add(item);
    backlog.update(now);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Minibatch> out)
      throws Exception {
    List<TrainingItem> items = items();
    if (!items.isEmpty() && lineages.withdrawn(items.get(0).lineage())) {
      withdrawnLineage.inc(items.size());
      keep(List.of(), context.timerService());
    }
    while (current().total() > 0) {
      pack(items(), context.timerService(), out);
    }
    if (time == END_OF_TIME) {
      backlog.clear();
    }
  }

  private boolean due(Backlog now) {
    return now.ready() >= config.groupsPerMinibatch()
        || now.total() >= MOST_WAITING * config.groupsPerMinibatch();
  }

  private void pack(List<TrainingItem> items, TimerService timers, Collector<Minibatch> out)
      throws Exception {
    FairShare share = FairShare.of(items, config.groupsPerMinibatch(), config.groupsPerQuery());
    List<TrainingItem> taken = share.taken();
    out.collect(
        Minibatch.newBuilder()
            .setKind(taken.get(0).kind())
            .setLineage(taken.get(0).lineage())
            .setGroups(all(taken, TrainingItem::group))
            .setPairs(all(taken, TrainingItem::pair))
            .setOrders(all(taken, TrainingItem::order))
            .setCreatedAt(Instant.ofEpochMilli(timers.currentProcessingTime()))
            .setFlatGroups(current().flats())
            .build());
    minibatches.inc();
    keep(share.left(), timers);
  }

  /** Lets these items wait on, with the flush that was scheduled, and nothing else. */
  private void keep(List<TrainingItem> items, TimerService timers) throws Exception {
    long flushAt = current().flushAt();
    waitingOfQuery.clear();
    if (items.isEmpty()) {
      timers.deleteProcessingTimeTimer(flushAt);
      timers.deleteEventTimeTimer(END_OF_TIME);
      waiting.clear();
      backlog.clear();
      return;
    }
    waiting.update(items);
    Backlog kept = Backlog.NONE.flushedAt(flushAt);
    for (TrainingItem item : items) {
      kept = kept.plus(count(item) <= config.groupsPerQuery());
    }
    backlog.update(kept);
  }

  /** Items of its query that wait, this one included. */
  private int count(TrainingItem item) throws Exception {
    Integer before = waitingOfQuery.get(item.groupKey());
    int count = before == null ? 1 : before + 1;
    waitingOfQuery.put(item.groupKey(), count);
    return count;
  }

  private static <T> List<T> all(
      List<TrainingItem> items, Function<TrainingItem, @Nullable T> part) {
    return items.stream().map(part).filter(Objects::nonNull).toList();
  }

  private Backlog current() throws Exception {
    Backlog value = backlog.value();
    return value == null ? Backlog.NONE : value;
  }

  private List<TrainingItem> items() throws Exception {
    List<TrainingItem> items = new ArrayList<>();
    waiting.get().forEach(items::add);
    return items;
  }
}
