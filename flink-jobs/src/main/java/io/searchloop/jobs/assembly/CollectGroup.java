package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.Agenda;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Collects rollouts that may be compared into groups, and keeps every group, flat ones too, until
 * its last member's long window has ended: a late outcome changes the advantages of all members.
 *
 * <p>A group closes when it is full or when event time has left its first impression behind by the
 * timeout. Keyed by group key; one task thread. All state ends with the last window of the key.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class CollectGroup extends KeyedProcessFunction<String, RewardTuple, TrainingItem> {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST_MEMBERS = 2;

  private final AssemblyConfig config;
  private final Duration retention;
  private transient ListState<RewardTuple> open;
  private transient ValueState<Long> timeout;
  private transient MapState<String, RolloutGroup> groups;
  private transient MapState<String, String> groupOfRollout;
  private transient Agenda<String> expiring;
  private transient Counter flat;
  private transient Counter undersized;
  private transient Counter untrainable;
  private transient Counter repeated;
  private transient Counter unknownRollouts;
  private transient Counter uncorrectable;

  /**
   * @param retention how long after its impression a rollout may still be corrected: W2
   */
  CollectGroup(AssemblyConfig config, Duration retention) {
    this.config = config;
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    open =
        runtime.getListState(
            new ListStateDescriptor<>("open-group", new AvroRecordTypeInfo<>(RewardTuple.class)));
    timeout = runtime.getState(new ValueStateDescriptor<>("open-group-timeout", Types.LONG));
    groups =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "groups", Types.STRING, new AvroRecordTypeInfo<>(RolloutGroup.class)));
    groupOfRollout =
        runtime.getMapState(
            new MapStateDescriptor<>("group-of-rollout", Types.STRING, Types.STRING));
    expiring = Agenda.of(runtime, "expiring-groups", Types.STRING);
    MetricGroup metrics = runtime.getMetricGroup();
    flat = metrics.counter("flat_groups");
    undersized = metrics.counter("undersized_groups");
    untrainable = metrics.counter("untrainable");
    repeated = metrics.counter("repeated");
    unknownRollouts = metrics.counter("corrections_of_unknown_rollout");
    uncorrectable = metrics.counter("corrections_not_additive");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    if (!tuple.getTrainable()) {
      untrainable.inc();
    } else if (tuple.getSequence() == 0) {
      join(tuple, context, items);
    } else {
      correct(tuple, items);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrainingItem> items)
      throws Exception {
    Long due = timeout.value();
    if (due != null && due == time) {
      close(members(), context, items);
    }
    for (String groupId : expiring.take(time)) {
      forget(groupId);
    }
  }

  private void join(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    List<RewardTuple> members = members();
    if (groupOfRollout.contains(tuple.getRolloutId()) || indexOf(tuple, members) >= 0) {
      repeated.inc();
      return;
    }
    open.add(tuple);
    members.add(tuple);
    if (members.size() == 1) {
      long due = tuple.getImpressionTime().plus(config.groupTimeout()).toEpochMilli();
      timeout.update(due);
      context.timerService().registerEventTimeTimer(due);
    }
    if (members.size() >= config.groupSize()) {
      close(members, context, items);
    }
  }

  /** Ends the open group, with or without something to learn from it. */
  private void close(List<RewardTuple> members, Context context, Collector<TrainingItem> items)
      throws Exception {
    context.timerService().deleteEventTimeTimer(timeout.value());
    timeout.clear();
    open.clear();
    if (members.size() < FEWEST_MEMBERS) {
      undersized.inc();
      return;
    }
    double[] rewards = members.stream().mapToDouble(RewardTuple::getReward).toArray();
    GroupAdvantage advantage = GroupAdvantage.of(config.advantage(), rewards);
    RolloutGroup group = RolloutGroups.of(members, advantage);
    remember(group, context);
    long lineage = members.get(0).getLineage();
    if (advantage.flat()) {
      flat.inc();
      items.collect(TrainingItem.flatGroup(lineage));
    } else {
      items.collect(TrainingItem.group(lineage, group));
    }
  }

  private void correct(RewardTuple change, Collector<TrainingItem> items) throws Exception {
    List<RewardTuple> members = members();
    int waiting = indexOf(change, members);
    String groupId = groupOfRollout.get(change.getRolloutId());
    RolloutGroup group = groupId == null ? null : groups.get(groupId);
    if (waiting >= 0) {
      RewardTuple member = members.get(waiting);
      members.set(
          waiting,
          RewardTuple.newBuilder(member)
              .setReward(member.getReward() + change.getReward())
              .build());
      open.update(members);
    } else if (group == null) {
      unknownRollouts.inc();
    } else if (!config.advantage().linear()) {
      uncorrectable.inc();
    } else {
      items.collect(
          TrainingItem.correction(
              change.getLineage(), RolloutGroups.correction(group, change, config.advantage())));
    }
  }

  private void remember(RolloutGroup group, Context context) throws Exception {
    groups.put(group.getGroupId(), group);
    for (GroupMember member : group.getMembers()) {
      groupOfRollout.put(member.getRolloutId(), group.getGroupId());
    }
    expiring.add(
        group.getLastImpression().plus(retention).toEpochMilli(),
        group.getGroupId(),
        context.timerService());
  }

  private void forget(String groupId) throws Exception {
    for (GroupMember member : groups.get(groupId).getMembers()) {
      groupOfRollout.remove(member.getRolloutId());
    }
    groups.remove(groupId);
  }

  private List<RewardTuple> members() throws Exception {
    List<RewardTuple> members = new ArrayList<>();
    open.get().forEach(members::add);
    return members;
  }

  private static int indexOf(RewardTuple tuple, List<RewardTuple> members) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).getRolloutId().equals(tuple.getRolloutId())) {
        return i;
      }
    }
    return -1;
  }
}
