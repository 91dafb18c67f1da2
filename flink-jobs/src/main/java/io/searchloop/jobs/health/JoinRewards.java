package io.searchloop.jobs.health;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins searches of a trial with what they earned. A search leaves when event time says that the
 * reward of any page shown for it must have come; without one it earned nothing: a page that never
 * reached the shopper is an outcome too, and leaving it out would favour whoever loses pages.
 *
 * <p>Keyed by query id; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class JoinRewards
    extends KeyedCoProcessFunction<String, TrialSearch, SearchReward, TrialSearch> {
  private static final long serialVersionUID = 1L;

  private final TrialConfig config;
  private transient ValueState<TrialSearch> search;
  private transient ValueState<RewardSum> rewards;
  private transient Counter withoutReward;
  private transient Counter late;
  private transient Counter unjoined;

  JoinRewards(TrialConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    search =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("search", TypeInformation.of(TrialSearch.class)));
    rewards =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("rewards", TypeInformation.of(RewardSum.class)));
    withoutReward = getRuntimeContext().getMetricGroup().counter("searches_without_reward");
    late = getRuntimeContext().getMetricGroup().counter("searches_late");
    unjoined = getRuntimeContext().getMetricGroup().counter("rewards_unjoined");
  }

  @Override
  public void processElement1(TrialSearch made, Context context, Collector<TrialSearch> joined)
      throws Exception {
    long due = made.time() + config.impressionWait().toMillis();
    if (due <= context.timerService().currentWatermark()) {
      late.inc();
      return;
    }
    search.update(made);
    context.timerService().registerEventTimeTimer(due);
  }

  @Override
  public void processElement2(SearchReward earned, Context context, Collector<TrialSearch> joined)
      throws Exception {
    long forgotten = earned.time() + config.impressionWait().toMillis();
    if (forgotten <= context.timerService().currentWatermark()) {
      unjoined.inc(); // its search has left, or belongs to no trial
      return;
    }
    RewardSum sum = rewards.value();
    rewards.update((sum == null ? RewardSum.NONE : sum).plus(earned));
    // A page is shown after its decision, so the search's own timer comes first.
    context.timerService().registerEventTimeTimer(forgotten);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrialSearch> joined)
      throws Exception {
    TrialSearch made = search.value();
    RewardSum sum = rewards.value();
    if (made != null) {
      if (sum == null) {
        withoutReward.inc();
      }
      joined.collect(sum == null ? made : made.earned(sum.mean(), sum.abandoned()));
    }
    search.clear();
    rewards.clear();
  }
}
