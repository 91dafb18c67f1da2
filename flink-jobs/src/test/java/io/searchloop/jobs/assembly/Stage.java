package io.searchloop.jobs.assembly;

import io.searchloop.jobs.fixtures.AvroTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One keyed operator in Flink's harness, with its counters over all its restarts. */
final class Stage<I, O> implements AutoCloseable {
  static {
    AvroTypes.register();
  }

  private final Supplier<KeyedProcessFunction<String, I, O>> function;
  private final KeySelector<I, String> key;
  private final StateBackend backend;
  private final List<Metrics> metrics = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;
  private long checkpoint;

  Stage(
      Supplier<KeyedProcessFunction<String, I, O>> function,
      KeySelector<I, String> key,
      StateBackend backend)
      throws Exception {
    this.function = function;
    this.key = key;
    this.backend = backend;
    harness = create();
    harness.open();
  }

  void receive(I element) throws Exception {
    harness.processElement(element, 0);
  }

  void watermark(long time) throws Exception {
    harness.processWatermark(time);
  }

  void processingTime(long time) throws Exception {
    harness.setProcessingTime(time);
  }

  /** What was emitted since the last call. */
  List<O> take() {
    List<O> emitted = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return emitted;
  }

  void restart() throws Exception {
    restart(snapshot());
  }

  /** The operator's state as a savepoint would hold it. */
  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(++checkpoint, 0);
  }

  /** Ends the operator and begins again from some state. */
  void restart(OperatorSubtaskState state) throws Exception {
    harness.close();
    harness = create();
    harness.initializeState(state);
    harness.open();
  }

  /** A counter over all restarts; zero when the operator has none of this name. */
  long count(String counter) {
    return metrics.stream()
        .map(metric -> metric.group.get(counter))
        .mapToLong(found -> found == null ? 0 : ((Counter) found).getCount())
        .sum();
  }

  /** Entries of keyed state and timers still open. */
  int openState() {
    return harness.numKeyedStateEntries()
        + harness.numEventTimeTimers()
        + harness.numProcessingTimeTimers();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, I, O> create() throws Exception {
    metrics.add(new Metrics());
    var created =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function.get()),
            key,
            Types.STRING,
            new MockEnvironmentBuilder().setMetricGroup(metrics.get(metrics.size() - 1)).build());
    created.setStateBackend(backend);
    return created;
  }

  private static final class Metrics extends InterceptingTaskMetricGroup {
    private final InterceptingOperatorMetricGroup group = new InterceptingOperatorMetricGroup();

    @Override
    public InternalOperatorMetricGroup getOrAddOperator(
        OperatorID id, String name, Map<String, String> variables) {
      return group;
    }
  }
}
