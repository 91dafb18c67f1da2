package io.searchloop.jobs.ledger;

import io.searchloop.learning.oracle.SourcePartition;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the marks of one task where they are made and sends the sums on before each barrier, so
 * that a record costs two additions and no network. Sums are gone with the barrier: nothing is left
 * to snapshot. Runs chained to the operator that marks, in its thread.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set when Flink opens the operator
public final class CountMarks extends AbstractStreamOperator<LedgerCounts>
    implements OneInputStreamOperator<LedgerEntry, LedgerCounts> {
  private static final long serialVersionUID = 1L;

  private transient Map<SourcePartition, PartitionTally> tallies;
  private transient Counter[] counters;
  private transient @Nullable PartitionTally latest;

  @Override
  public void open() throws Exception {
    super.open();
    tallies = new HashMap<>();
    LedgerMark[] marks = LedgerMark.values();
    counters = new Counter[marks.length];
    for (LedgerMark mark : marks) {
      counters[mark.ordinal()] = getMetricGroup().counter(mark.wireName());
    }
  }

  @Override
  public void processElement(StreamRecord<LedgerEntry> element) {
    LedgerEntry entry = element.getValue();
    counters[entry.mark().ordinal()].inc();
    tally(entry).add(entry);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() {
    flush();
  }

  /** Records of a partition come in runs, so the last tally is most often the next. */
  private PartitionTally tally(LedgerEntry entry) {
    PartitionTally tally = latest;
    if (tally == null || !tally.counts(entry)) {
      tally =
          tallies.computeIfAbsent(
              new SourcePartition(entry.topic(), entry.partition()), PartitionTally::new);
      latest = tally;
    }
    return tally;
  }

  private void flush() {
    tallies.values().forEach(tally -> output.collect(new StreamRecord<>(tally.toCounts())));
    tallies.clear();
    latest = null;
  }
}
