package io.searchloop.jobs.assembly;

import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches what each rewrite of a query earns when shoppers see it alone, and lets rewrites argue
 * when one has become credibly better than another. Those that argued start again from nothing, so
 * that no impression argues twice.
 *
 * <p>It looks once in so many impressions of the query: with a look at each, several levels would
 * never stand side by side, and every look is another chance to be misled by luck. Rewards of the
 * short window only: corrections do not move a pair. Keyed by group key; one task thread. A rewrite
 * is forgotten within an hour after its last impression's long window.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class AdmitPairs extends KeyedProcessFunction<String, RewardTuple, TrainingItem> {
  private static final long serialVersionUID = 1L;
  private static final long CLEANING_INTERVAL_MS = Duration.ofHours(1).toMillis();

  private final AssemblyConfig config;
  private transient RewriteArguments arguments;
  private transient MapState<String, RewriteArm> arms;
  private transient ValueState<Integer> sinceLastLook;
  private transient Counter admitted;

  AdmitPairs(AssemblyConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    arguments = new RewriteArguments(config);
    RuntimeContext runtime = getRuntimeContext();
    arms =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "rewrites", Types.STRING, TypeInformation.of(RewriteArm.class)));
    sinceLastLook = runtime.getState(new ValueStateDescriptor<>("since-last-look", Types.INT));
    admitted = runtime.getMetricGroup().counter("arguments_admitted");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    String rewrite = HexFormat.of().formatHex(Packed.bytes(tuple.getTokenIds()));
    long forgetAt = config.forgetAt(tuple);
    RewriteArm known = arms.get(rewrite);
    RewriteArm arm =
        known == null ? RewriteArm.first(tuple, forgetAt) : known.plus(tuple, forgetAt);
    arms.put(rewrite, arm);
    context.timerService().registerEventTimeTimer(cleaningAfter(arm.forgetAt()));
    Integer before = sinceLastLook.value();
    int impressions = before == null ? 1 : before + 1;
    if (impressions >= config.pairInterval()) {
      look(tuple, items);
      impressions = 0;
    }
    sinceLastLook.update(impressions);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrainingItem> items)
      throws Exception {
    List<String> expired = new ArrayList<>();
    for (Map.Entry<String, RewriteArm> entry : arms.entries()) {
      if (cleaningAfter(entry.getValue().forgetAt()) <= time) {
        expired.add(entry.getKey());
      }
    }
    for (String rewrite : expired) {
      arms.remove(rewrite);
    }
    if (arms.isEmpty()) {
      sinceLastLook.clear();
    }
  }

  private void look(RewardTuple cause, Collector<TrainingItem> items) throws Exception {
    // Sorted, because state backends order their entries differently.
    TreeMap<String, RewriteArm> sorted = new TreeMap<>();
    for (Map.Entry<String, RewriteArm> entry : arms.entries()) {
      sorted.put(entry.getKey(), entry.getValue());
    }
    List<String> rewrites = List.copyOf(sorted.keySet());
    List<RewriteArm> rivals = List.copyOf(sorted.values());
    for (RewriteArguments.Argument argument : arguments.of(rivals, cause)) {
      items.collect(argument.item());
      admitted.inc();
      for (int arm : argument.arms()) {
        arms.put(rewrites.get(arm), rivals.get(arm).restarted());
      }
    }
  }

  /** Cleaning runs on the hour, so that a busy query has few timers. */
  private static long cleaningAfter(long forgetAt) {
    return (Math.floorDiv(forgetAt, CLEANING_INTERVAL_MS) + 1) * CLEANING_INTERVAL_MS;
  }
}
