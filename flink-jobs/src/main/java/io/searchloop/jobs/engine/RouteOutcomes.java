package io.searchloop.jobs.engine;

import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.schemas.RewardTuple;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends tuples and dead letters where they belong, and closes each decision in the ledger. A query
 * id earns once: outcomes of a second record with it are dropped as duplicates. A decision that
 * became a dead letter is not remembered, so that it can be replayed.
 *
 * <p>Keyed by query id; one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class RouteOutcomes extends KeyedProcessFunction<String, EngineOutcome, RewardTuple> {
  private static final long serialVersionUID = 1L;

  private final Duration remember;
  private transient ValueState<String> scored;
  private transient Counter tuples;
  private transient Counter deadLetters;
  private transient Counter duplicates;

  /**
   * @param remember how long a scored query id is remembered, by the clock of the machine
   */
  RouteOutcomes(Duration remember) {
    this.remember = remember;
  }

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<String> descriptor = new ValueStateDescriptor<>("scored", Types.STRING);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(remember).build());
    scored = getRuntimeContext().getState(descriptor);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    tuples = metrics.counter("tuples");
    deadLetters = metrics.counter("engine_unavailable");
    duplicates = metrics.counter("duplicates");
  }

  @Override
  public void processElement(EngineOutcome outcome, Context context, Collector<RewardTuple> rewards)
      throws Exception {
    if (outcome.deadLetter() != null) {
      deadLetters.inc();
      context.output(SideOutputs.DEAD_LETTERS, outcome.deadLetter());
      settle(outcome, LedgerMark.DEAD_LETTER, context);
    } else if (outcome.tuple() != null && first(outcome)) {
      tuples.inc();
      rewards.collect(outcome.tuple());
      settle(outcome, LedgerMark.JOINED, context);
    } else {
      duplicates.inc();
      settle(outcome, LedgerMark.DUPLICATE, context);
    }
  }

  /** Whether this outcome is of the first record with its query id. */
  private boolean first(EngineOutcome outcome) throws IOException {
    String known = scored.value();
    if (known == null) {
      scored.update(outcome.where());
      return true;
    }
    return known.equals(outcome.where());
  }

  private static void settle(EngineOutcome outcome, LedgerMark mark, Context context) {
    if (outcome.last()) {
      context.output(
          SideOutputs.LEDGER,
          new LedgerEntry(outcome.topic(), outcome.partition(), outcome.offset(), mark));
    }
  }
}
