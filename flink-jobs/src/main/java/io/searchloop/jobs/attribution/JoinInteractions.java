package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.DecidedSearch;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.VisitorId;
import io.searchloop.jobs.intake.WaitingRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.ledger.WatermarkMemory;
import io.searchloop.jobs.past.PastEnd;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.past.PastTuples;
import io.searchloop.jobs.past.RerunFlag;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.serde.TrustedClasses;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a visitor did with what the visitor was shown, in the order of event time.
 *
 * <p>Arrival decides only whether a record is late. All others wait until the watermark reaches
 * their timestamp; then {@link VisitorTimeline} works them off in causal order, so the result
 * depends on neither arrival nor partitioning. A visitor has one array of bytes in keyed state, the
 * records that wait included, and one timer, either to work or to be dropped; {@link Visitors}
 * keeps those of late at hand.
 *
 * <p>An operator and not a function, because visitors at hand are written back under their own keys
 * before a snapshot. First input: records keyed by visitor. Second input: reward configurations, to
 * every subtask; they take effect for all at the same instant of event time. One task thread; all
 * keyed state ends with the last window of the visitor.
 */
@SuppressWarnings("NullAway.Init") // Flink sets transient fields before the first record
final class JoinInteractions extends AbstractStreamOperator<RewardTuple>
    implements TwoInputStreamOperator<SourceRecord, RewardConfig, RewardTuple>,
        Triggerable<VisitorId, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedClasses.trust(); // before the configurations below are unpacked on a cluster
  }

  private final List<RewardConfig> initial;
  private final Ticks ticks;
  private final int cachedVisitors;
  private final SerializableSupplier<PastRun> past;
  private transient RerunFlag rerun;
  private transient PastTuples written;
  private transient PastEnd end;
  private transient Counter alreadyWritten;
  private transient DecidedSearch searches;
  private transient SearchDetails details;
  private transient ConfigMemory configs;
  private transient WatermarkMemory progress;
  private transient Visitors visitors;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient InternalTimerService<VoidNamespace> endings;
  private transient Entries entries;

  /**
   * @param initial configurations in force when the job first starts
   * @param cachedVisitors visitors kept at hand at most
   * @param past what an earlier run left: its tuples are made again and not written again
   */
  JoinInteractions(
      List<RewardConfig> initial,
      Ticks ticks,
      int cachedVisitors,
      SerializableSupplier<PastRun> past) {
    this.initial = List.copyOf(initial);
    this.ticks = ticks;
    this.cachedVisitors = cachedVisitors;
    this.past = past;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress = WatermarkMemory.restore(context);
    configs = ConfigMemory.restore(context, initial);
    rerun = RerunFlag.restore(context);
    PastRun before = rerun.isSet() ? past.get() : PastRun.NONE;
    written = before.tuples(longestShortWindowMs());
    end = before.end();
    forgetPast();
  }

  @Override
  public void open() throws Exception {
    super.open();
    searches = new DecidedSearch();
    details = new SearchDetails();
    timers = getInternalTimerService("visitors", VoidNamespaceSerializer.INSTANCE, this);
    endings = getInternalTimerService("endings", VoidNamespaceSerializer.INSTANCE, new Ending());
    visitors =
        new Visitors(
            this,
            getPartitionedState(
                new ValueStateDescriptor<>(
                    "visitor", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            cachedVisitors);
    entries = new Entries();
    alreadyWritten = getMetricGroup().counter("tuples_already_written");
  }

  @Override
  public void processElement1(StreamRecord<SourceRecord> element) throws Exception {
    SourceRecord record = element.getValue();
    long watermark = watermarkBefore(record);
    if (record.eventTime() <= watermark) {
      refuse(record, watermark);
      return;
    }
    Visitor visitor = visitors.current();
    visitor.await(WaitingRecord.of(record));
    wakeAt(visitor, record.eventTime());
  }

  @Override
  public void processElement2(StreamRecord<RewardConfig> element) throws Exception {
    configs.add(element.getValue(), progress.advance(timers.currentWatermark()));
  }

  @Override
  public void onEventTime(InternalTimer<VisitorId, VoidNamespace> timer) throws IOException {
    long horizon = Math.max(timer.getTimestamp(), timers.currentWatermark());
    Visitor visitor = visitors.current();
    visitor.awake();
    VisitorTimeline timeline =
        new VisitorTimeline(visitor.known(), configs.schedule(), details, entries);
    for (HeldRecord record : visitor.takeUntil(horizon, searches)) {
      entries.about(record.source());
      timeline.workOff(record);
    }
    entries.aboutNothing();
    keep(visitor, timeline.close(horizon), horizon);
  }

  @Override
  public void onProcessingTime(InternalTimer<VisitorId, VoidNamespace> timer) {
    throw new IllegalStateException("Expected timers of event time only");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    progress.snapshot(timers.currentWatermark());
    forgetPast();
    rerun.snapshot();
    visitors.store();
  }

  /** Lets the past go once event time has left it behind. */
  private void forgetPast() {
    if (progress.advance(Long.MIN_VALUE) >= Math.max(written.until(), end.watermark())) {
      rerun.clear();
      written = PastTuples.NONE;
      end = PastEnd.NONE;
    }
  }

  /** What event time has passed without a record, in this run or in one before. */
  private long watermarkBefore(SourceRecord record) {
    return Math.max(
        progress.advance(timers.currentWatermark()),
        end.watermarkBefore(record.topic(), record.partition(), record.offset()));
  }

  private long longestShortWindowMs() {
    return configs.schedule().configs().stream()
        .mapToLong(RewardConfig::getShortWindowMs)
        .max()
        .orElse(0);
  }

  /** When a tuple is due: at the end of its short window, or with its outcome. */
  private long due(RewardTuple tuple) {
    long shown = tuple.getImpressionTime().toEpochMilli();
    return tuple.getSequence() == 0
        ? shown + configs.schedule().at(shown).getShortWindowMs()
        : tuple.getOutcomeTime().toEpochMilli();
  }

  private void refuse(SourceRecord record, long watermark) {
    Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    put(SideOutputs.DEAD_LETTERS, record.late(watermark, now));
    put(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.LATE));
  }

  private void keep(Visitor visitor, Optional<NextLook> next, long horizon) throws IOException {
    if (next.isEmpty()) {
      visitor.forget();
    } else if (!next.get().last() || visitor.awaitsRecords()) {
      wakeAt(visitor, Math.max(next.get().at(), horizon + 1));
    } else {
      endAt(visitor, next.get().at());
    }
    if (visitor.awaitsRecords()) {
      wakeAt(visitor, visitor.earliestAwaited());
    } else if (next.isEmpty()) {
      visitors.dropCurrent();
    } else if (visitor.wakesToEnd()) {
      visitors.putAwayCurrent();
    }
  }

  /** Sees to it that the visitor is looked at when an instant has passed, or earlier. */
  private void wakeAt(Visitor visitor, long time) {
    long tick = ticks.reaching(time);
    if (visitor.wakesToEnd()) {
      endings.deleteEventTimeTimer(VoidNamespace.INSTANCE, visitor.wakeAt());
      visitor.awake();
    }
    long before = visitor.wakeAt();
    if (tick < before) {
      if (before != Long.MAX_VALUE) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before);
      }
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, tick);
      visitor.wakeAt(tick, false);
    }
  }

  /**
   * Has a visitor without a timer dropped when an instant has passed, if nothing is heard of it.
   */
  private void endAt(Visitor visitor, long time) {
    long tick = ticks.reaching(time);
    endings.registerEventTimeTimer(VoidNamespace.INSTANCE, tick);
    visitor.wakeAt(tick, true);
  }

  private <T> void put(OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
  }

  /** Drops visitors unread: most are never heard of again, and to read them is most of the cost. */
  private final class Ending implements Triggerable<VisitorId, VoidNamespace> {
    @Override
    public void onEventTime(InternalTimer<VisitorId, VoidNamespace> timer) {
      visitors.dropCurrent();
    }

    @Override
    public void onProcessingTime(InternalTimer<VisitorId, VoidNamespace> timer) {
      throw new IllegalStateException("Expected timers of event time only");
    }
  }

  /** Writes what the timeline says into the job's outputs. */
  private final class Entries implements Journal {
    private @Nullable WaitingRecord record;

    void about(WaitingRecord next) {
      record = next;
    }

    void aboutNothing() {
      record = null;
    }

    @Override
    public void mark(LedgerMark mark) {
      if (record != null) {
        put(SideOutputs.LEDGER, LedgerEntry.of(record, mark));
      }
    }

    @Override
    public void emit(RewardTuple tuple) {
      if (written != PastTuples.NONE && written.contain(tuple, due(tuple))) {
        alreadyWritten.inc();
      } else {
        output.collect(new StreamRecord<>(tuple));
      }
    }
  }
}
