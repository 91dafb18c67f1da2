package io.searchloop.jobs.attribution;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/** The configurations that were admitted so far. Confined to one task thread. */
final class AdmittedConfigs {
  private final ListState<RewardConfig> state;
  private RewardSchedule schedule;

  private AdmittedConfigs(ListState<RewardConfig> state, RewardSchedule schedule) {
    this.state = state;
    this.schedule = schedule;
  }

  /** Restores them, or begins with the given ones. */
  static AdmittedConfigs restore(FunctionInitializationContext context, List<RewardConfig> initial)
      throws Exception {
    ListState<RewardConfig> state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "admitted-configs", new AvroRecordTypeInfo<>(RewardConfig.class)));
    List<RewardConfig> known = new ArrayList<>();
    state.get().forEach(known::add);
    return new AdmittedConfigs(state, new RewardSchedule(known.isEmpty() ? initial : known));
  }

  RewardSchedule schedule() {
    return schedule;
  }

  void add(RewardConfig config) {
    schedule = schedule.plus(config);
  }

  void snapshot() throws Exception {
    state.update(schedule.configs());
  }
}
