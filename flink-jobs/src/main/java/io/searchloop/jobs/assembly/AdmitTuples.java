package io.searchloop.jobs.assembly;

import io.searchloop.jobs.past.PastLessons;
import io.searchloop.jobs.past.RerunFlag;
import io.searchloop.jobs.state.Agenda;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits what may teach: each tuple once, of trainable rollouts, of the newest lineage, corrections
 * only of rollouts that were admitted. Whatever follows need not ask again. Every refusal is
 * counted by its reason. Keyed by {@link Comparison}; one task thread. A rollout's impression is
 * remembered until it can no longer be corrected.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class AdmitTuples extends KeyedProcessFunction<String, RewardTuple, RewardTuple>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final AssemblyConfig config;
  private final SerializableSupplier<PastLessons> past;
  private transient RerunFlag rerun;
  private transient PastLessons lessons;
  private transient long watermark;
  private transient Counter taughtBefore;
  private transient NewestLineage lineages;
  private transient MapState<String, Integer> lastSequence;
  private transient Agenda<String> expiring;
  private transient Counter untrainable;
  private transient Counter unknownOrigin;
  private transient Counter withdrawnLineage;
  private transient Counter repeated;
  private transient Counter expiredCorrections;
  private transient Counter unknownRollouts;

  /**
   * @param past what is in minibatches already, for a run that begins without its state
   */
  AdmitTuples(AssemblyConfig config, SerializableSupplier<PastLessons> past) {
    this.config = config;
    this.past = past;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    lineages = NewestLineage.restore(context);
    rerun = RerunFlag.restore(context);
    lessons = rerun.isSet() ? past.get() : PastLessons.NONE;
    watermark = 0;
    forgetPast();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    lineages.snapshot();
    forgetPast();
    rerun.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    lastSequence =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("last-sequence", Types.STRING, Types.INT));
    expiring = Agenda.of(getRuntimeContext(), "expiring-impressions", Types.STRING);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    untrainable = metrics.counter("untrainable");
    unknownOrigin = metrics.counter("unknown_origin");
    withdrawnLineage = metrics.counter("withdrawn_lineage");
    repeated = metrics.counter("repeated");
    expiredCorrections = metrics.counter("corrections_of_expired_rollout");
    unknownRollouts = metrics.counter("corrections_of_unknown_rollout");
    taughtBefore = metrics.counter("taught_by_an_earlier_run");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<RewardTuple> admitted)
      throws Exception {
    String impression = Comparison.impressionOf(tuple);
    Integer last = lastSequence.get(impression);
    watermark = Math.max(watermark, context.timerService().currentWatermark());
    Counter refusal = refusal(tuple, last);
    if (refusal != null) {
      refusal.inc();
      return;
    }
    lineages.see(tuple.getLineage());
    lastSequence.put(impression, tuple.getSequence());
    if (last == null) {
      expiring.add(config.forgetAt(tuple), impression, context.timerService());
    }
    admitted.collect(tuple);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RewardTuple> admitted)
      throws Exception {
    for (String impression : expiring.take(time)) {
      lastSequence.remove(impression);
    }
  }

  /** A correction of such a rollout is lost with it: its group is no longer known. */
  private boolean taughtBefore(RewardTuple tuple) {
    long shown = tuple.getImpressionTime().toEpochMilli();
    return lessons.taught(tuple.getRolloutId(), shown) || lessons.outdated(shown, config.maxAge());
  }

  /** Lets the past go once whatever it concerns is too old to teach. */
  private void forgetPast() {
    if (lessons.isEmpty() || watermark - config.maxAge().toMillis() > lessons.newest()) {
      rerun.clear();
      lessons = PastLessons.NONE;
    }
  }

  /** Where a tuple that may not teach is counted; null for one that may. */
  private @Nullable Counter refusal(RewardTuple tuple, @Nullable Integer last) {
    if (!tuple.getTrainable()) {
      return untrainable;
    }
    if (tuple.getOrigin() == TupleOrigin.UNKNOWN) {
      return unknownOrigin;
    }
    if (lineages.withdrawn(tuple.getLineage())) {
      return withdrawnLineage;
    }
    if (last == null && taughtBefore(tuple)) {
      return taughtBefore;
    }
    if (last != null) {
      // Tuples of one rollout lie in one partition in their order, so the last tells of all.
      return tuple.getSequence() <= last ? repeated : null;
    }
    if (tuple.getSequence() == 0) {
      return null;
    }
    return config.forgetAt(tuple) <= watermark ? expiredCorrections : unknownRollouts;
  }
}
