package io.searchloop.jobs.attribution;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The reward configurations a subtask knows, kept in broadcast state. The first start is given some
 * to begin with; a restored one goes on with those it had. Confined to one task thread.
 */
final class ConfigMemory {
  /** Broadcast state: configuration by effective_from, epoch milliseconds. */
  static final MapStateDescriptor<Long, RewardConfig> STATE =
      new MapStateDescriptor<>(
          "reward-configs", Types.LONG, new AvroRecordTypeInfo<>(RewardConfig.class));

  private final BroadcastState<Long, RewardConfig> state;
  private RewardSchedule schedule;

  private ConfigMemory(BroadcastState<Long, RewardConfig> state, RewardSchedule schedule) {
    this.state = state;
    this.schedule = schedule;
  }

  /** Restores the memory, or begins it with the given configurations. */
  static ConfigMemory restore(FunctionInitializationContext context, List<RewardConfig> initial)
      throws Exception {
    BroadcastState<Long, RewardConfig> state =
        context.getOperatorStateStore().getBroadcastState(STATE);
    List<RewardConfig> known = new ArrayList<>();
    for (Map.Entry<Long, RewardConfig> entry : state.entries()) {
      known.add(entry.getValue());
    }
    ConfigMemory memory =
        new ConfigMemory(state, new RewardSchedule(known.isEmpty() ? initial : known));
    for (RewardConfig config : memory.schedule.configs()) {
      state.put(config.getEffectiveFrom().toEpochMilli(), config);
    }
    return memory;
  }

  RewardSchedule schedule() {
    return schedule;
  }

  /**
   * Takes in an admitted configuration.
   *
   * @throws IllegalStateException when event time has passed its beginning here, which {@link
   *     AdmitConfigs} rules out
   */
  void add(RewardConfig config, long watermark) throws Exception {
    long from = config.getEffectiveFrom().toEpochMilli();
    if (schedule.startsAt(from)) {
      return;
    }
    if (from <= watermark) {
      throw new IllegalStateException(
          "Reward configuration of %s reached this subtask at watermark %d, expected before its effective_from: configurations and watermarks must travel together."
              .formatted(config.getEffectiveFrom(), watermark));
    }
    // Flink may read the next configuration into the same object.
    RewardConfig own = RewardConfig.newBuilder(config).build();
    schedule = schedule.plus(own);
    state.put(from, own);
  }
}
