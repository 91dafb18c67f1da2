package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.Agenda;
import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Collects rollouts that may be compared into groups, and keeps every group, flat ones too, until
 * its last member can no longer be corrected: a late outcome changes the advantages of all members.
 *
 * <p>{@link GroupRules} says when a group closes. Keyed by {@link Comparison}, so that a key has
 * one open group; one task thread. Input comes from {@link AdmitTuples}. All state of a key ends
 * with its last rollout's long window.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class CollectGroup extends KeyedProcessFunction<String, RewardTuple, TrainingItem> {
  private static final long serialVersionUID = 1L;

  private final AssemblyConfig config;
  private final GroupRules rules;
  private transient ValueState<GroupState> open;
  private transient MapState<String, GroupState> closed;
  private transient MapState<String, String> groupOfImpression;
  private transient Agenda<String> expiringGroups;
  private transient Agenda<String> expiringImpressions;
  private transient Counter flat;
  private transient Counter undersized;
  private transient Counter lateMembers;
  private transient Counter ungroupedCorrections;
  private transient Counter uncorrectable;

  CollectGroup(AssemblyConfig config) {
    this.config = config;
    this.rules = new GroupRules(config);
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    TypeInformation<GroupState> groups = TypeInformation.of(GroupState.class);
    open = runtime.getState(new ValueStateDescriptor<>("open-group", groups));
    closed = runtime.getMapState(new MapStateDescriptor<>("closed-groups", Types.STRING, groups));
    groupOfImpression =
        runtime.getMapState(
            new MapStateDescriptor<>("group-of-impression", Types.STRING, Types.STRING));
    expiringGroups = Agenda.of(runtime, "expiring-groups", Types.STRING);
    expiringImpressions = Agenda.of(runtime, "expiring-impressions", Types.STRING);
    MetricGroup metrics = runtime.getMetricGroup();
    flat = metrics.counter("flat_groups");
    undersized = metrics.counter("undersized_groups");
    lateMembers = metrics.counter("late_members");
    ungroupedCorrections = metrics.counter("corrections_of_ungrouped_rollout");
    uncorrectable = metrics.counter("corrections_not_additive");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    if (tuple.getSequence() == 0) {
      join(tuple, context.timerService(), items);
    } else if (tuple.getReward() != 0) {
      correct(tuple, items);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrainingItem> items)
      throws Exception {
    GroupState group = open.value();
    if (group != null && group.closesAt() <= time) {
      close(group, context.timerService(), items);
    }
    for (String impression : expiringImpressions.take(time)) {
      groupOfImpression.remove(impression);
    }
    for (String groupId : expiringGroups.take(time)) {
      closed.remove(groupId);
    }
  }

  private void join(RewardTuple tuple, TimerService timers, Collector<TrainingItem> items)
      throws Exception {
    GroupState group = open.value();
    if (group == null) {
      group = GroupState.open(tuple, rules.closesAt(tuple, timers.currentWatermark()));
      if (closed.contains(group.id())) {
        lateMembers.inc();
        return;
      }
      timers.registerEventTimeTimer(group.closesAt());
    }
    group = group.plus(tuple, config.forgetAt(tuple));
    String impression = Comparison.impressionOf(tuple);
    groupOfImpression.put(impression, group.id());
    expiringImpressions.add(config.forgetAt(tuple), impression, timers);
    if (rules.full(group)) {
      close(group, timers, items);
    } else {
      open.update(group);
    }
  }

  /** Ends the open group, with or without something to learn from it. */
  private void close(GroupState group, TimerService timers, Collector<TrainingItem> items)
      throws Exception {
    // Its timer stays: it may serve an agenda too, and finds nothing to do otherwise.
    open.clear();
    if (group.size() < GroupRules.FEWEST_MEMBERS) {
      undersized.inc();
      return;
    }
    closed.put(group.id(), group);
    expiringGroups.add(group.forgetAt(), group.id(), timers);
    GroupAdvantage advantage = group.advantage(estimatorOf(group.group()));
    if (advantage.flat()) {
      flat.inc();
      items.collect(TrainingItem.flatGroup(group.lineage()));
    } else {
      items.collect(TrainingItem.group(group.lineage(), group.closed(advantage)));
    }
  }

  private void correct(RewardTuple change, Collector<TrainingItem> items) throws Exception {
    String groupId = groupOfImpression.get(Comparison.impressionOf(change));
    GroupState waiting = open.value();
    GroupState group = groupId == null ? null : closed.get(groupId);
    if (waiting != null && waiting.id().equals(groupId)) {
      open.update(waiting.corrected(change));
    } else if (group == null) {
      ungroupedCorrections.inc();
    } else if (!estimatorOf(group.group()).linear()) {
      uncorrectable.inc();
    } else {
      RolloutGroup correction = group.correction(change, estimatorOf(group.group()));
      items.collect(TrainingItem.correction(group.lineage(), correction));
    }
  }

  private AdvantageEstimator estimatorOf(RolloutGroup group) {
    return rules.estimator(group.getOrigin());
  }
}
