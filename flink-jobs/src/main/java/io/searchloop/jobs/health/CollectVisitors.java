package io.searchloop.jobs.health;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes one outcome of all searches a visitor made within a window of the first, so that everyone
 * is compared at the same age. A visitor counts once in a trial; who returns later is remembered,
 * and not counted again.
 *
 * <p>Keyed by visitor; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class CollectVisitors extends KeyedProcessFunction<String, TrialSearch, TrialVisitor> {
  private static final long serialVersionUID = 1L;

  private final TrialConfig config;
  private transient ValueState<VisitorSums> visitor;
  private transient Counter counted;
  private transient Counter afterWindow;
  private transient Counter ofEndedTrial;

  CollectVisitors(TrialConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    visitor =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("visitor", TypeInformation.of(VisitorSums.class)));
    counted = getRuntimeContext().getMetricGroup().counter("visitors_counted");
    afterWindow = getRuntimeContext().getMetricGroup().counter("searches_after_window");
    ofEndedTrial = getRuntimeContext().getMetricGroup().counter("searches_of_ended_trial");
  }

  @Override
  public void processElement(TrialSearch search, Context context, Collector<TrialVisitor> done)
      throws Exception {
    VisitorSums sums = visitor.value();
    if (sums != null && search.candidateVersion() < sums.candidateVersion()) {
      ofEndedTrial.inc();
      return;
    }
    if (sums == null || search.candidateVersion() > sums.candidateVersion()) {
      sums = VisitorSums.beginning(search);
      context.timerService().registerEventTimeTimer(windowEnd(sums));
      context.timerService().registerEventTimeTimer(memoryEnd(sums));
    }
    if (search.time() - sums.since() < config.visitorWindow().toMillis()) {
      visitor.update(sums.plus(search));
    } else {
      afterWindow.inc();
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrialVisitor> done)
      throws Exception {
    VisitorSums sums = visitor.value();
    if (sums == null) {
      return;
    }
    if (time == windowEnd(sums)) {
      counted.inc();
      done.collect(new TrialVisitor(sums.candidateVersion(), sums.outcome()));
    } else if (time == memoryEnd(sums)) {
      visitor.clear();
    }
  }

  /** Searches leave the join by the time they were made, each {@code impressionWait} late. */
  private long windowEnd(VisitorSums sums) {
    return sums.since() + config.visitorWindow().toMillis() + config.impressionWait().toMillis();
  }

  private long memoryEnd(VisitorSums sums) {
    return windowEnd(sums) + config.visitorMemory().toMillis();
  }
}
