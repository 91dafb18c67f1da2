package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.past.PastLetters;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.past.RerunFlag;
import io.searchloop.schemas.DeadLetter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Enters every record into the ledger and sets the unusable ones aside. What an earlier run of the
 * job refused is refused again, without a second letter.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises state before the first record
final class ReceiveRecords extends ProcessFunction<SourceRecord, SourceRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final SerializableSupplier<PastRun> past;
  private transient RerunFlag rerun;
  private transient PastLetters letters;

  /**
   * @param past what an earlier run left
   */
  ReceiveRecords(SerializableSupplier<PastRun> past) {
    this.past = past;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    rerun = RerunFlag.restore(context);
    letters = rerun.isSet() ? past.get().letters() : PastLetters.NONE;
    if (letters.equals(PastLetters.NONE)) {
      rerun.clear();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    rerun.snapshot();
  }

  @Override
  public void processElement(SourceRecord record, Context context, Collector<SourceRecord> usable) {
    context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.READ));
    DeadLetter refused = record.refused();
    if (letters.wasLate(record.topic(), record.partition(), record.offset())) {
      context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.LATE));
    } else if (refused == null) {
      usable.collect(record);
    } else {
      context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.DEAD_LETTER));
      if (!letters.wasRefused(record.topic(), record.partition(), record.offset())) {
        context.output(SideOutputs.DEAD_LETTERS, refused);
      }
    }
  }
}
