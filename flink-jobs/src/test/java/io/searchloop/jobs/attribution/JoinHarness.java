package io.searchloop.jobs.attribution;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The join in Flink's harness, with everything it has emitted over all its restores. */
final class JoinHarness implements AutoCloseable {
  static {
    AvroTypes.register();
  }

  private final RewardConfig config;
  private final List<RewardTuple> emitted = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<SourcePartition, Map<LedgerMark, Long>> marks = new HashMap<>();
  private KeyedOneInputStreamOperatorTestHarness<String, SourceRecord, RewardTuple> harness;
  private long progress = Long.MIN_VALUE;
  private long checkpoint;

  JoinHarness(RewardConfig config) throws Exception {
    this.config = config;
    harness = create();
    harness.open();
  }

  void receive(SourceRecord record) throws Exception {
    harness.processElement(record, record.eventTime());
    drain();
  }

  void watermark(long watermark) throws Exception {
    harness.processWatermark(watermark);
    progress = Math.max(progress, watermark);
    drain();
  }

  /** Ends the operator and begins again from its state, without a watermark, as a restart does. */
  void restore() throws Exception {
    OperatorSubtaskState state = harness.snapshot(++checkpoint, 0);
    harness.close();
    harness = create();
    harness.initializeState(state);
    harness.open();
  }

  /** Entries of keyed state and timers still open. */
  int openState() {
    return harness.numKeyedStateEntries() + harness.numEventTimeTimers();
  }

  long progress() {
    return progress;
  }

  List<RewardTuple> emitted() {
    return emitted;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  List<ExpectedTuple> tuples() {
    return emitted.stream()
        .map(t -> new ExpectedTuple(t.getRolloutId(), t.getSequence(), t.getReward()))
        .sorted(
            Comparator.comparing(ExpectedTuple::rolloutId).thenComparing(ExpectedTuple::sequence))
        .toList();
  }

  Set<SourcePosition> late() {
    Set<SourcePosition> late = new HashSet<>();
    deadLetters.forEach(
        d -> late.add(new SourcePosition(d.getTopic(), d.getPartition(), d.getOffset())));
    return late;
  }

  /** Class counts as the ledger would state them; classes without records are absent. */
  Map<RecordClass, Long> counts(SourcePartition partition) {
    Map<LedgerMark, Long> found = marks.getOrDefault(partition, Map.of());
    Map<RecordClass, Long> counts = new EnumMap<>(RecordClass.class);
    for (LedgerMark mark :
        List.of(LedgerMark.JOINED, LedgerMark.DUPLICATE, LedgerMark.DANGLING, LedgerMark.LATE)) {
      counts.put(RecordClass.valueOf(mark.name()), found.getOrDefault(mark, 0L));
    }
    counts.put(
        RecordClass.PENDING,
        found.getOrDefault(LedgerMark.HELD, 0L) - found.getOrDefault(LedgerMark.RELEASED, 0L));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, SourceRecord, RewardTuple> create()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new JoinInteractions(config)),
        SourceRecord::visitor,
        Types.STRING);
  }

  private void drain() {
    emitted.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
    take(SideOutputs.DEAD_LETTERS).forEach(deadLetters::add);
    for (LedgerEntry entry : take(SideOutputs.LEDGER)) {
      marks
          .computeIfAbsent(
              new SourcePartition(entry.topic(), entry.partition()),
              p -> new EnumMap<>(LedgerMark.class))
          .merge(entry.mark(), 1L, Long::sum);
    }
  }

  private <T> List<T> take(OutputTag<T> tag) {
    Queue<StreamRecord<T>> side = harness.getSideOutput(tag);
    List<T> values = new ArrayList<>();
    if (side != null) {
      side.forEach(record -> values.add(record.getValue()));
      side.clear();
    }
    return values;
  }
}
