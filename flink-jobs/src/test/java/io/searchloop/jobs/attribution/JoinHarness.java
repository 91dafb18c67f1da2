package io.searchloop.jobs.attribution;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.VisitorId;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.state.StateCodec;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.state.VisitorState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/** The join in Flink's harness, with everything it has emitted over all its restores. */
final class JoinHarness implements AutoCloseable {
  static {
    AvroTypes.register();
  }

  /** So few that visitors keep making room for each other. */
  private static final int AT_HAND = 2;

  private final List<RewardConfig> initial;
  private final Ticks ticks;
  private final StateBackend backend;
  private final SerializableSupplier<PastRun> past;
  private final List<RewardTuple> emitted = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<SourcePartition, Map<LedgerMark, Long>> marks = new HashMap<>();
  private final Map<SourcePartition, Long> received = new HashMap<>();
  private KeyedTwoInputStreamOperatorTestHarness<VisitorId, SourceRecord, RewardConfig, RewardTuple>
      harness;
  private long progress = Long.MIN_VALUE;
  private long checkpoint;

  JoinHarness(RewardConfig config) throws Exception {
    this(List.of(config), 1, new HashMapStateBackend());
  }

  JoinHarness(List<RewardConfig> initial, long tickMs, StateBackend backend) throws Exception {
    this(initial, tickMs, backend, () -> PastRun.NONE);
  }

  /** The join of a job that lost its state. */
  JoinHarness(RewardConfig config, SerializableSupplier<PastRun> past) throws Exception {
    this(List.of(config), 1, new HashMapStateBackend(), past);
  }

  private JoinHarness(
      List<RewardConfig> initial,
      long tickMs,
      StateBackend backend,
      SerializableSupplier<PastRun> past)
      throws Exception {
    this.initial = initial;
    this.past = past;
    this.ticks = new Ticks(tickMs);
    this.backend = backend;
    harness = create();
    harness.open();
  }

  void receive(SourceRecord record) throws Exception {
    harness.processElement1(record, record.eventTime());
    received.merge(new SourcePartition(record.topic(), record.partition()), 1L, Long::sum);
    drain();
  }

  /** A configuration as it comes once it is admitted. */
  void configure(RewardConfig config) throws Exception {
    harness.processElement2(config, 0);
  }

  /** Event time reaches the greatest tick that is not beyond this. */
  void watermark(long time) throws Exception {
    long watermark = time == Long.MAX_VALUE ? time : ticks.watermark(time);
    harness.processWatermark1(new Watermark(watermark));
    harness.processWatermark2(new Watermark(watermark));
    progress = Math.max(progress, watermark);
    drain();
  }

  /** Ends the operator and begins again from its state, without a watermark, as a restart does. */
  void restore() throws Exception {
    restore(snapshot());
  }

  /** The operator's state as a savepoint would hold it. */
  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(++checkpoint, 0);
  }

  /** Ends the operator and begins again from some state. */
  void restore(OperatorSubtaskState state) throws Exception {
    harness.close();
    harness = create();
    harness.initializeState(state);
    harness.open();
  }

  /** Entries of keyed state and timers still open, as a snapshot would find them. */
  int openState() throws Exception {
    harness.snapshot(++checkpoint, 0);
    KeyedStateBackend<VisitorId> keyed =
        ((JoinInteractions) harness.getOperator()).getKeyedStateBackend();
    try (Stream<VisitorId> keys = keyed.getKeys("visitor", VoidNamespace.INSTANCE)) {
      return (int) keys.count() + harness.numEventTimeTimers();
    }
  }

  /** What a snapshot would hold of all visitors. */
  List<VisitorState> visitors() throws Exception {
    harness.snapshot(++checkpoint, 0);
    KeyedStateBackend<VisitorId> keyed =
        ((JoinInteractions) harness.getOperator()).getKeyedStateBackend();
    ValueState<byte[]> state =
        keyed.getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(
                "visitor", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    List<VisitorState> visitors = new ArrayList<>();
    try (Stream<VisitorId> keys = keyed.getKeys("visitor", VoidNamespace.INSTANCE)) {
      for (VisitorId key : keys.toList()) {
        keyed.setCurrentKey(key);
        visitors.add(StateCodec.ofVisitors().read(ByteBuffer.wrap(state.value())));
      }
    }
    return visitors;
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
    return emitted.stream().map(JoinHarness::expected).sorted().toList();
  }

  /** What the oracle would say of a tuple. */
  static ExpectedTuple expected(RewardTuple tuple) {
    return new ExpectedTuple(
        tuple.getQueryId(),
        tuple.getRolloutId(),
        tuple.getSequence(),
        tuple.getReward(),
        tuple.getPreference(),
        tuple.getTrainable());
  }

  /** How often a remark was made on records of a partition. */
  long remarks(SourcePartition partition, LedgerMark mark) {
    return marks.getOrDefault(partition, Map.of()).getOrDefault(mark, 0L);
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
        List.of(
            LedgerMark.JOINED,
            LedgerMark.DUPLICATE,
            LedgerMark.QUARANTINED,
            LedgerMark.DANGLING,
            LedgerMark.ERASED,
            LedgerMark.LATE)) {
      counts.put(RecordClass.valueOf(mark.name()), found.getOrDefault(mark, 0L));
    }
    long classed = counts.values().stream().mapToLong(Long::longValue).sum();
    counts.put(RecordClass.PENDING, received.getOrDefault(partition, 0L) - classed);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  private KeyedTwoInputStreamOperatorTestHarness<VisitorId, SourceRecord, RewardConfig, RewardTuple>
      create() throws Exception {
    var created =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new JoinInteractions(initial, ticks, AT_HAND, past),
            RewardJob.VISITOR,
            null,
            RewardJob.VISITOR_TYPE,
            1,
            1,
            0);
    created.setStateBackend(backend);
    return created;
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
