package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.RecordReaders;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.WaitingRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.ledger.WatermarkMemory;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a visitor did with what the visitor was shown, in the order of event time.
 *
 * <p>Arrival decides only whether a record is late. All others wait as bytes until the watermark
 * reaches their timestamp; then {@link VisitorTimeline} works them off in causal order, so the
 * result depends on neither arrival nor partitioning. A visitor has one list of waiting records,
 * one array of bytes with everything else, and one timer: the state is read and written once for
 * everything that happens within a tick.
 *
 * <p>Keyed by visitor; one task thread. All keyed state ends with the last window of the visitor.
 * Reward configurations come by broadcast and take effect for all subtasks at the same instant of
 * event time.
 */
@SuppressWarnings("NullAway.Init") // Flink sets transient fields before the first record
final class JoinInteractions
    extends KeyedBroadcastProcessFunction<
        Tuple2<Long, Long>, SourceRecord, RewardConfig, RewardTuple>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final SerializableSupplier<RecordReaders> openReaders;
  private final List<RewardConfig> initial;
  private final Ticks ticks;
  private transient ListState<byte[]> held;
  private transient ValueState<byte[]> visitor;
  private transient ValueState<Long> wake;
  private transient RecordReaders readers;
  private transient VisitorStateCodec codec;
  private transient ConfigMemory configs;
  private transient WatermarkMemory progress;
  private transient @Nullable TimerService timers;

  JoinInteractions(
      SerializableSupplier<RecordReaders> openReaders, List<RewardConfig> initial, Ticks ticks) {
    this.openReaders = openReaders;
    this.initial = List.copyOf(initial);
    this.ticks = ticks;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    progress = WatermarkMemory.restore(context);
    configs = ConfigMemory.restore(context, initial);
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    held =
        runtime.getListState(
            new ListStateDescriptor<>(
                "held", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    visitor =
        runtime.getState(
            new ValueStateDescriptor<>(
                "visitor", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    wake = runtime.getState(new ValueStateDescriptor<>("wake", Types.LONG));
    readers = openReaders.get();
    codec = new VisitorStateCodec();
  }

  @Override
  public void processElement(
      SourceRecord record, ReadOnlyContext context, Collector<RewardTuple> tuples)
      throws Exception {
    timers = context.timerService();
    long watermark = progress.advance(context.currentWatermark());
    if (record.eventTime() <= watermark) {
      Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
      context.output(SideOutputs.DEAD_LETTERS, record.late(watermark, now));
      context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.LATE));
      return;
    }
    held.add(WaitingRecord.pack(record));
    wakeAt(record.eventTime(), context.timerService());
  }

  @Override
  public void processBroadcastElement(
      RewardConfig config, Context context, Collector<RewardTuple> tuples) throws Exception {
    configs.add(config, progress.advance(context.currentWatermark()));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<RewardTuple> tuples)
      throws Exception {
    timers = context.timerService();
    Long due = wake.value();
    if (due == null || due != time) {
      return; // replaced by an earlier one that has done its work
    }
    wake.clear();
    long horizon = Math.max(time, context.currentWatermark());
    Entries entries = new Entries(context, tuples);
    byte[] known = visitor.value();
    VisitorTimeline timeline =
        new VisitorTimeline(
            known == null ? VisitorStates.fresh() : codec.read(known), configs.schedule(), entries);
    for (HeldRecord record : takeDue(horizon, context.timerService())) {
      entries.about(record.source());
      timeline.workOff(record);
    }
    keep(timeline, horizon, context.timerService());
  }

  /** Removes the records that have come due from those held, in causal order. */
  private List<HeldRecord> takeDue(long horizon, TimerService timerService) throws Exception {
    List<HeldRecord> due = new ArrayList<>();
    List<byte[]> later = new ArrayList<>();
    for (byte[] packed : held.get()) {
      WaitingRecord record = WaitingRecord.unpack(packed);
      if (record.eventTime() <= horizon) {
        due.add(HeldRecord.read(record, readers));
      } else {
        later.add(packed);
        wakeAt(record.eventTime(), timerService);
      }
    }
    if (!due.isEmpty()) {
      held.update(later);
    }
    due.sort(null);
    return due;
  }

  private void keep(VisitorTimeline timeline, long horizon, TimerService timerService)
      throws Exception {
    Optional<Long> nextDue = timeline.close(horizon);
    if (nextDue.isPresent()) {
      visitor.update(codec.write(timeline.visitor()));
      wakeAt(Math.max(nextDue.get(), horizon + 1), timerService);
    } else {
      visitor.clear();
    }
  }

  /** Sees to it that the visitor is looked at when an instant has passed, or earlier. */
  private void wakeAt(long time, TimerService timerService) throws Exception {
    long tick = ticks.reaching(time);
    Long earlier = wake.value();
    if (earlier == null || tick < earlier) {
      wake.update(tick);
      timerService.registerEventTimeTimer(tick);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    progress.snapshot(timers == null ? Long.MIN_VALUE : timers.currentWatermark());
  }

  /** Writes what the timeline says into the job's outputs. */
  private static final class Entries implements Journal {
    private final Output<LedgerEntry> ledger;
    private final Collector<RewardTuple> tuples;
    private @Nullable WaitingRecord record;

    /** Flink's contexts have no common type for side outputs. */
    @FunctionalInterface
    private interface Output<T> {
      void write(OutputTag<T> tag, T value);
    }

    Entries(
        KeyedBroadcastProcessFunction<Tuple2<Long, Long>, SourceRecord, RewardConfig, RewardTuple>
                .OnTimerContext
            context,
        Collector<RewardTuple> tuples) {
      this.ledger = context::output;
      this.tuples = tuples;
    }

    void about(WaitingRecord next) {
      record = next;
    }

    @Override
    public void mark(LedgerMark mark) {
      if (record != null) {
        ledger.write(SideOutputs.LEDGER, LedgerEntry.of(record, mark));
      }
    }

    @Override
    public void emit(RewardTuple tuple) {
      tuples.collect(tuple);
    }
  }
}
