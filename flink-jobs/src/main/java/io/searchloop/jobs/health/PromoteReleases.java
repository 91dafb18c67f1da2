package io.searchloop.jobs.health;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.schemas.PolicyControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Proposes what is to become of releases, one record at a time: the next only after the last has
 * come back from the control log. {@link ReleaseChoice} says which record. Tells what the log adds
 * up to to whoever judges a trial. Another author may write in between; then the fold calls the
 * proposal void and the release is proposed again upon the new head. The decision id is made of
 * release and head, so that repeating a proposal after a restart does nothing.
 *
 * <p>One key, one task thread. Before the whole control log has been read a proposal may rest on an
 * old head; it is void and costs one record.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class PromoteReleases
    extends KeyedCoProcessFunction<String, ReleaseEntry, ControlEntry, PolicyControl> {
  private static final long serialVersionUID = 1L;

  /** What the control log adds up to, each time it changes. */
  static final OutputTag<TrialHead> HEADS =
      new OutputTag<>("heads", TypeInformation.of(TrialHead.class));

  private final HealthConfig config;
  private transient MapState<Long, ReleaseEntry> releases;
  private transient ListState<ControlEntry> control;
  private transient ValueState<String> proposed;
  private transient ValueState<Long> decideAt;
  private transient Counter promotions;
  private transient Counter received;
  private transient Counter refused;
  private transient Counter unreadable;
  private transient PolicyHead head;
  private transient long activeStep;

  PromoteReleases(HealthConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    releases =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "releases", Types.LONG, TypeInformation.of(ReleaseEntry.class)));
    control =
        runtime.getListState(
            new ListStateDescriptor<>("control", TypeInformation.of(ControlEntry.class)));
    proposed = runtime.getState(new ValueStateDescriptor<>("proposed", Types.STRING));
    decideAt = runtime.getState(new ValueStateDescriptor<>("decide-at", Types.LONG));
    head = PolicyHead.EMPTY;
    MetricGroup metrics = runtime.getMetricGroup();
    promotions = metrics.counter("promotions_proposed");
    received = metrics.counter("releases");
    refused = metrics.counter("releases_refused");
    unreadable = metrics.counter("releases_unreadable");
    metrics.gauge("active_version", () -> head.activeVersion());
    metrics.gauge("active_lineage", () -> head.lineage());
    metrics.gauge("active_step", () -> activeStep);
  }

  @Override
  public void processElement1(
      ReleaseEntry release, Context context, Collector<PolicyControl> proposals) throws Exception {
    switch (release.status()) {
      case REFUSED -> refused.inc();
      case UNREADABLE -> unreadable.inc();
      case RELEASED -> {
        received.inc();
        releases.put(release.policyVersion(), release);
        decideSoon(context.timerService());
      }
    }
  }

  @Override
  public void processElement2(
      ControlEntry entry, Context context, Collector<PolicyControl> proposals) throws Exception {
    control.add(entry);
    if (entry.decisionId().equals(proposed.value())) {
      proposed.clear();
    }
    decideSoon(context.timerService());
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<PolicyControl> proposals)
      throws Exception {
    decideAt.clear();
    readHead();
    context.output(HEADS, TrialHead.of(head));
    if (head.frozen() || proposed.value() != null) {
      return;
    }
    Optional<PolicyControl> proposal =
        new ReleaseChoice(config.promotion()).next(head, releases.values());
    if (proposal.isPresent()) {
      proposed.update(proposal.get().getDecisionId());
      promotions.inc();
      proposals.collect(
          PolicyControl.newBuilder(proposal.get())
              .setTimestamp(Instant.ofEpochMilli(time))
              .build());
    }
  }

  private void decideSoon(TimerService timers) throws Exception {
    if (decideAt.value() == null) {
      long time = timers.currentProcessingTime() + config.settleTime().toMillis();
      decideAt.update(time);
      timers.registerProcessingTimeTimer(time);
    }
  }

  private void readHead() throws Exception {
    Map<Long, Long> lineages = new TreeMap<>();
    for (ReleaseEntry release : releases.values()) {
      lineages.put(release.policyVersion(), release.lineage());
    }
    List<ControlEntry> entries = new ArrayList<>();
    control.get().forEach(entries::add);
    entries.sort(Comparator.comparingLong(ControlEntry::offset));
    head =
        ControlLog.fold(
                entries,
                version -> {
                  Long lineage = lineages.get(version);
                  return lineage == null ? OptionalLong.empty() : OptionalLong.of(lineage);
                })
            .head();
    ReleaseEntry active = releases.get(head.activeVersion());
    activeStep = active == null ? 0 : active.step();
  }
}
