package io.searchloop.jobs.assembly;

import io.searchloop.schemas.RolloutGroup;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Drops groups whose behaviour lies too far behind: a backlog must not teach the policy last week's
 * shop. Corrections pass; they belong to what was trained already. Divergence from the current
 * weights is the trainer's to judge. Stateless; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class StalenessGate extends ProcessFunction<TrainingItem, TrainingItem> {
  private static final long serialVersionUID = 1L;

  private final Duration maxAge;
  private transient Counter stale;

  StalenessGate(Duration maxAge) {
    this.maxAge = maxAge;
  }

  @Override
  public void open(OpenContext context) {
    stale = getRuntimeContext().getMetricGroup().counter("stale_groups");
  }

  @Override
  public void processElement(TrainingItem item, Context context, Collector<TrainingItem> fresh) {
    if (tooOld(item, context.timerService().currentWatermark())) {
      stale.inc();
    } else {
      fresh.collect(item);
    }
  }

  private boolean tooOld(TrainingItem item, long watermark) {
    RolloutGroup group = item.group();
    return switch (item.kind()) {
      case GROUPS ->
          group != null && group.getLastImpression().plus(maxAge).toEpochMilli() < watermark;
      case PAIRS, CORRECTIONS, UNKNOWN -> false;
    };
  }
}
