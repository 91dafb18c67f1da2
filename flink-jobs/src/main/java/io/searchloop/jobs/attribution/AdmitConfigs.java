package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.RecordReaders;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.WatermarkMemory;
import io.searchloop.jobs.past.PastLetters;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.past.RerunFlag;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.serde.TrustedClasses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Lets a reward configuration into force only if its beginning still lies ahead of event time; the
 * others become dead letters. So every impression is priced by the configuration its time asks for,
 * on all subtasks alike, and an audit can tell which one that was.
 *
 * <p>The second input brings the progress of event time and no records. That progress leaves by the
 * way of the configurations, so it can overtake none of them: a subtask that has reached an instant
 * has heard of everything that begins there. One instance, one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink sets transient fields before the first record
final class AdmitConfigs extends AbstractStreamOperator<RewardConfig>
    implements TwoInputStreamOperator<SourceRecord, SourceRecord, RewardConfig> {
  private static final long serialVersionUID = 1L;
  private static final int EVENT_TIME = 1;

  static {
    TrustedClasses.trust(); // before the configurations below are unpacked on a cluster
  }

  private final SerializableSupplier<RecordReaders> openReaders;
  private final List<RewardConfig> initial;
  private final SerializableSupplier<PastRun> past;
  private transient RerunFlag rerun;
  private transient PastLetters letters;
  private transient RecordReaders readers;
  private transient AdmittedConfigs admitted;
  private transient WatermarkMemory progress;

  /**
   * @param past what an earlier run left: what it refused stays refused, although event time has
   *     not come so far yet
   */
  AdmitConfigs(
      SerializableSupplier<RecordReaders> openReaders,
      List<RewardConfig> initial,
      SerializableSupplier<PastRun> past) {
    this.openReaders = openReaders;
    this.initial = List.copyOf(initial);
    this.past = past;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress = WatermarkMemory.restore(context);
    admitted = AdmittedConfigs.restore(context, initial);
    rerun = RerunFlag.restore(context);
    letters = rerun.isSet() ? past.get().letters() : PastLetters.NONE;
    if (letters.equals(PastLetters.NONE)) {
      rerun.clear();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    readers = openReaders.get();
  }

  @Override
  public void processElement1(StreamRecord<SourceRecord> element) {
    SourceRecord record = element.getValue();
    if (letters.wasRefused(record.topic(), record.partition(), record.offset())) {
      return;
    }
    DeadLetter refused = record.refused();
    if (refused != null) {
      output.collect(SideOutputs.DEAD_LETTERS, new StreamRecord<>(refused));
      return;
    }
    RewardConfig config = readers.configs().apply(record.value());
    if (admitted.schedule().configs().contains(config)) {
      return;
    }
    Optional<String> objection = objection(config);
    if (objection.isEmpty()) {
      admitted.add(config);
      output.collect(new StreamRecord<>(config));
    } else {
      output.collect(SideOutputs.DEAD_LETTERS, new StreamRecord<>(stale(record, objection.get())));
    }
  }

  @Override
  public void processElement2(StreamRecord<SourceRecord> element) {
    throw new IllegalStateException("Expected only watermarks here, found a record");
  }

  @Override
  public void processWatermark1(Watermark mark) {
    // Configurations do not move event time.
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    progress.advance(mark.getTimestamp());
    processWatermark(mark);
  }

  /** Nor do configurations hold it back, or let it go when events are idle. */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (input == EVENT_TIME) {
      processWatermarkStatus(status);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    progress.snapshot(Long.MIN_VALUE);
    admitted.snapshot();
    rerun.snapshot();
  }

  private Optional<String> objection(RewardConfig config) {
    RewardSchedule schedule = admitted.schedule();
    long from = config.getEffectiveFrom().toEpochMilli();
    long now = progress.advance(Long.MIN_VALUE);
    if (schedule.startsAt(from)) {
      return Optional.of(
          "effective_from is %s, where another configuration begins already, expected another instant. Choose one."
              .formatted(config.getEffectiveFrom()));
    }
    RewardConfig first = schedule.configs().get(0);
    if (from < first.getEffectiveFrom().toEpochMilli()) {
      return Optional.of(
          "effective_from is %s, before the first configuration's %s, expected later. Write it again with a later effective_from."
              .formatted(config.getEffectiveFrom(), first.getEffectiveFrom()));
    }
    return from > now
        ? Optional.empty()
        : Optional.of(
            "effective_from is %s, event time has reached %s, expected later. Write it again with a later effective_from."
                .formatted(config.getEffectiveFrom(), Instant.ofEpochMilli(now)));
  }

  private DeadLetter stale(SourceRecord record, String objection) {
    Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    return record.letter(DeadLetterReason.STALE_CONFIG, objection, "admit-configs", now).build();
  }
}
