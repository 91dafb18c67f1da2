package io.searchloop.jobs.assembly;

import io.searchloop.schemas.MinibatchKind;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Drops groups, pairs and orders whose impressions lie too far behind: a backlog must not teach the
 * policy last week's shop. Corrections pass; they belong to what was trained already. Divergence
 * from the current weights is the trainer's to judge. Stateless; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class StalenessGate extends ProcessFunction<TrainingItem, TrainingItem> {
  private static final long serialVersionUID = 1L;

  private final Duration maxAge;
  private transient Counter staleGroups;
  private transient Counter stalePairs;

  StalenessGate(Duration maxAge) {
    this.maxAge = maxAge;
  }

  @Override
  public void open(OpenContext context) {
    staleGroups = getRuntimeContext().getMetricGroup().counter("stale_groups");
    stalePairs = getRuntimeContext().getMetricGroup().counter("stale_pairs");
  }

  @Override
  public void processElement(TrainingItem item, Context context, Collector<TrainingItem> fresh) {
    if (item.kind() == MinibatchKind.CORRECTIONS
        || !tooOld(item, context.timerService().currentWatermark())) {
      fresh.collect(item);
    } else if (item.kind() == MinibatchKind.GROUPS) {
      staleGroups.inc();
    } else {
      stalePairs.inc();
    }
  }

  private boolean tooOld(TrainingItem item, long watermark) {
    // A flat group has no time; it is only counted.
    return !item.flat() && item.lastImpression() + maxAge.toMillis() < watermark;
  }
}
