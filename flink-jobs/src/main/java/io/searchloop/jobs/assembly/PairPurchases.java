package io.searchloop.jobs.assembly;

import io.searchloop.learning.preference.OrdinalPairs;
import io.searchloop.learning.preference.RankedPair;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the rollouts of a page by what the shopper bought, at once or days later. A purchase moves
 * several rollouts by a tuple each, so the page is judged when event time has passed the outcome:
 * by then all of them have arrived. A rollout argues once; what is bought or refunded afterwards
 * can no longer change the pair and is counted.
 *
 * <p>Keyed by {@link Comparison}, that is by page; one task thread. State ends with the page's long
 * window.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class PairPurchases extends KeyedProcessFunction<String, RewardTuple, TrainingItem> {
  private static final long serialVersionUID = 1L;

  /** When a page settles of which nothing unheard was bought. */
  private static final long NOT_BOUGHT = Long.MAX_VALUE;

  private final AssemblyConfig config;
  private transient ValueState<PurchasePage> page;
  private transient Counter paired;
  private transient Counter afterPair;

  PairPurchases(AssemblyConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    page =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "page-of-purchases", TypeInformation.of(PurchasePage.class)));
    paired = getRuntimeContext().getMetricGroup().counter("purchase_pairs");
    afterPair = getRuntimeContext().getMetricGroup().counter("purchases_after_pair");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    PurchasePage current = page.value();
    if (tuple.getSequence() == 0) {
      settleLater(tuple, known(current, tuple, context).plus(tuple), context.timerService());
    } else if (tuple.getPreference() != 0) {
      if (current != null && current.awaits(tuple)) {
        settleLater(tuple, current.changed(tuple), context.timerService());
      } else {
        afterPair.inc();
      }
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrainingItem> items)
      throws Exception {
    PurchasePage current = page.value();
    if (current == null) {
      return;
    }
    if (current.settlesAt() <= time) {
      current = settle(current, items).settlingAt(NOT_BOUGHT);
      page.update(current);
    }
    if (current.forgetAt() <= time && current.settlesAt() == NOT_BOUGHT) {
      page.clear();
    }
  }

  private PurchasePage known(@Nullable PurchasePage current, RewardTuple tuple, Context context) {
    if (current != null) {
      return current;
    }
    long forgetAt = config.forgetAt(tuple);
    context.timerService().registerEventTimeTimer(forgetAt);
    return PurchasePage.of(tuple, NOT_BOUGHT, forgetAt);
  }

  /** Keeps the page, and when it was bought from, looks at it after the last known outcome. */
  private void settleLater(RewardTuple tuple, PurchasePage changed, TimerService timers)
      throws Exception {
    if (tuple.getPreference() == 0) {
      page.update(changed);
      return;
    }
    long settlesAt =
        config.settledAt(tuple.getOutcomeTime().toEpochMilli(), timers.currentWatermark());
    timers.registerEventTimeTimer(settlesAt);
    page.update(changed.settlingAt(settlesAt));
  }

  private PurchasePage settle(PurchasePage current, Collector<TrainingItem> items) {
    List<GroupMember> members = current.page().getMembers();
    double[] purchases = members.stream().mapToDouble(GroupMember::getReward).toArray();
    List<GroupMember> argued = new ArrayList<>();
    for (RankedPair pair : OrdinalPairs.of(purchases, config.purchaseFlipProbability())) {
      GroupMember preferred = members.get(pair.preferred());
      GroupMember rejected = members.get(pair.rejected());
      items.collect(item(current, pair, preferred, rejected));
      argued.addAll(List.of(preferred, rejected));
      paired.inc();
    }
    return current.without(argued);
  }

  private static TrainingItem item(
      PurchasePage current, RankedPair pair, GroupMember preferred, GroupMember rejected) {
    RolloutGroup page = current.page();
    return TrainingItem.pair(
        current.lineage(),
        page.getLastImpression().toEpochMilli(),
        PreferencePairs.of(pair, preferred, rejected, page.getGroupId())
            .setGroupKey(page.getGroupKey())
            .setQuery(page.getQuery())
            .setPromptTokens(page.getPromptTokens())
            .setPreferredImpressions(1)
            .setRejectedImpressions(1)
            .build());
  }
}
