package io.searchloop.jobs.ledger;

import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.Ledger;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Adds up the marks of all tasks and, before each checkpoint barrier, states the sums: one record a
 * source partition. Barriers are aligned, so every operator upstream has worked off the same
 * offsets and the same watermark by then, and the batch oracle can be asked about exactly that
 * moment.
 *
 * <p>Must run with parallelism one. The watermark survives a restore like the counts do: sources
 * begin again without one, but what was settled stays settled. A drained job states its final sums
 * when it ends, under the number after its last checkpoint. A run without state goes on numbering
 * where the ledger ends, though Flink begins with one again, so that its newest checkpoint is the
 * ledger's.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set when Flink initialises state
public final class LedgerOperator extends AbstractStreamOperator<Ledger>
    implements OneInputStreamOperator<LedgerCounts, Ledger> {
  private static final long serialVersionUID = 1L;

  private final String job;
  private final SerializableSupplier<PastRun> past;
  private transient ListState<Long> earlierState;
  private transient long earlier;
  private transient Map<SourcePartition, PartitionTally> tallies;
  private transient ListState<Ledger> talliesState;
  private transient ListState<Long> watermarkState;
  private transient long watermark;
  private transient long lastCheckpoint;
  private transient boolean finished;

  /**
   * @param job name of the job, stated in each record
   * @param past what an earlier run left
   */
  public LedgerOperator(String job, SerializableSupplier<PastRun> past) {
    this.job = job;
    this.past = past;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    talliesState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("tallies", new AvroRecordTypeInfo<>(Ledger.class)));
    watermarkState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("watermark", Types.LONG));
    earlierState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("earlier-checkpoints", Types.LONG));
    earlier = context.isRestored() ? 0 : afterGap(past.get().lastCheckpoint());
    for (long restored : earlierState.get()) {
      earlier = restored;
    }
    tallies = new HashMap<>();
    for (Ledger ledger : talliesState.get()) {
      tallies.put(
          new SourcePartition(ledger.getTopic(), ledger.getPartition()),
          PartitionTally.restored(ledger));
    }
    watermark = Long.MIN_VALUE;
    for (long restored : watermarkState.get()) {
      watermark = Math.max(watermark, WatermarkMemory.resumable(restored));
    }
  }

  /** A number is left out, so that the ledger tells where a run began without state. */
  private static long afterGap(long lastCheckpoint) {
    return lastCheckpoint == 0 ? 0 : lastCheckpoint + 1;
  }

  @Override
  public void processElement(StreamRecord<LedgerCounts> element) {
    LedgerCounts counts = element.getValue();
    tallies
        .computeIfAbsent(
            new SourcePartition(counts.topic(), counts.partition()), PartitionTally::new)
        .add(counts);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = Math.max(watermark, mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    lastCheckpoint = checkpointId;
    if (!finished) {
      state(checkpointId);
    }
  }

  @Override
  public void finish() {
    state(lastCheckpoint + 1);
    finished = true;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    talliesState.clear();
    for (PartitionTally tally : tallies.values()) {
      talliesState.add(tally.toLedger(job, context.getCheckpointId(), watermark));
    }
    watermarkState.clear();
    watermarkState.add(watermark);
    earlierState.clear();
    earlierState.add(earlier);
  }

  private void state(long checkpointId) {
    for (PartitionTally tally : tallies.values()) {
      output.collect(new StreamRecord<>(tally.toLedger(job, earlier + checkpointId, watermark)));
    }
  }
}
