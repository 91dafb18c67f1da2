package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.ledger.WatermarkMemory;
import io.searchloop.jobs.state.Agenda;
import io.searchloop.learning.event.Action;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a visitor did with what the visitor was shown, in the order of event time.
 *
 * <p>Arrival decides only whether a record is late. All others wait in state until the watermark
 * reaches their timestamp and are then worked off in causal order, so the result depends on neither
 * arrival nor partitioning. What is due at an instant follows the records of that instant: base
 * tuples, ends of searches, forgetting of identities.
 *
 * <p>Keyed by visitor; one task thread. All keyed state ends with the last window of the visitor.
 */
@SuppressWarnings("NullAway.Init") // Flink sets transient fields before the first record
final class JoinInteractions extends KeyedProcessFunction<String, SourceRecord, RewardTuple>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final RewardConfig config;
  private transient Books books;
  private transient WatermarkMemory progress;
  private transient @Nullable TimerService timers;

  JoinInteractions(RewardConfig config) {
    this.config = config;
  }

  /** State handles of the current key, and counters. */
  private record Books(
      Agenda<HeldRecord> held,
      VisitorSearches searches,
      Agenda<String> dueSearches,
      MapState<String, Long> seen,
      Agenda<String> seenUntil,
      Map<LedgerMark, Counter> counters) {}

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    progress = WatermarkMemory.restore(context);
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    MapState<String, SearchState> searches =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "searches", Types.STRING, TypeInformation.of(SearchState.class)));
    books =
        new Books(
            Agenda.of(runtime, "held", TypeInformation.of(HeldRecord.class)),
            new VisitorSearches(searches, config),
            Agenda.of(runtime, "due-searches", Types.STRING),
            runtime.getMapState(new MapStateDescriptor<>("seen", Types.STRING, Types.LONG)),
            Agenda.of(runtime, "seen-until", Types.STRING),
            counters(runtime.getMetricGroup()));
  }

  @Override
  public void processElement(SourceRecord record, Context context, Collector<RewardTuple> tuples)
      throws Exception {
    Books state = books(context);
    long watermark = progress.advance(context.timerService().currentWatermark());
    if (record.eventTime() <= watermark) {
      Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
      context.output(SideOutputs.DEAD_LETTERS, record.late(watermark, now));
      mark(HeldRecord.of(record), LedgerMark.LATE, context);
      return;
    }
    HeldRecord held = HeldRecord.of(record);
    state.held().add(record.eventTime(), held, context.timerService());
    mark(held, LedgerMark.HELD, context);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RewardTuple> tuples)
      throws Exception {
    Books state = books(context);
    for (HeldRecord record : state.held().take(time).stream().sorted().toList()) {
      mark(record, LedgerMark.RELEASED, context);
      mark(record, classify(record, state, context, tuples), context);
    }
    for (String queryId : state.dueSearches().take(time)) {
      state.searches().advance(queryId, time, tuples);
    }
    for (String identity : state.seenUntil().take(time)) {
      state.seen().remove(identity);
    }
  }

  private LedgerMark classify(
      HeldRecord record, Books state, Context context, Collector<RewardTuple> tuples)
      throws Exception {
    Decision decision = record.decision();
    return decision != null
        ? openSearch(record, decision, state, context)
        : attribute(record, Objects.requireNonNull(record.event()), state, context, tuples);
  }

  private LedgerMark openSearch(HeldRecord record, Decision decision, Books state, Context context)
      throws Exception {
    if (state.searches().knows(decision.getQueryId())) {
      return LedgerMark.DUPLICATE;
    }
    if (!state.searches().open(decision, reminder(state, context))) {
      mark(record, LedgerMark.UNSUPPORTED_MODE, context);
    }
    return LedgerMark.JOINED;
  }

  private LedgerMark attribute(
      HeldRecord record,
      SearchEvent event,
      Books state,
      Context context,
      Collector<RewardTuple> tuples)
      throws Exception {
    if (state.seen().contains(record.identity())) {
      return LedgerMark.DUPLICATE;
    }
    long time = event.getTimestamp().toEpochMilli();
    state.seen().put(record.identity(), time);
    state
        .seenUntil()
        .add(time + config.getLongWindowMs(), record.identity(), context.timerService());
    Action action = HeldRecord.action(event);
    Optional<SearchState> search = state.searches().resolve(action, event);
    if (search.isEmpty()) {
      return LedgerMark.DANGLING;
    }
    state
        .searches()
        .apply(search.get(), action, event, record.identity(), reminder(state, context), tuples);
    return LedgerMark.JOINED;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    long watermark = timers == null ? Long.MIN_VALUE : timers.currentWatermark();
    progress.snapshot(watermark);
  }

  /** Also keeps the timer service, the only way to the watermark when a snapshot is taken. */
  private Books books(Context context) {
    timers = context.timerService();
    return books;
  }

  private static VisitorSearches.Reminder reminder(Books state, Context context) {
    return (time, queryId) -> state.dueSearches().add(time, queryId, context.timerService());
  }

  private void mark(HeldRecord record, LedgerMark mark, Context context) {
    Objects.requireNonNull(books.counters().get(mark)).inc();
    context.output(
        SideOutputs.LEDGER,
        new LedgerEntry(record.topic(), record.partition(), record.offset(), mark));
  }

  private static Map<LedgerMark, Counter> counters(MetricGroup metrics) {
    Map<LedgerMark, Counter> counters = new EnumMap<>(LedgerMark.class);
    for (LedgerMark mark : LedgerMark.values()) {
      counters.put(mark, metrics.counter(mark.wireName()));
    }
    return counters;
  }
}
