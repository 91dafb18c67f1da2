package io.searchloop.jobs.engine;

import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.jobs.past.PastLetters;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.past.PastSearches;
import io.searchloop.jobs.past.RerunFlag;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Lets through what the engine alone rewards and marks every record read. What is no usable
 * decision is the reward job's to report; here it is skipped and counted, like decisions of other
 * modes. What an earlier run priced or refused is counted as that, and neither searched nor refused
 * again.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class ReceiveDecisions extends ProcessFunction<DecisionRecord, DecisionRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final SerializableSupplier<PastRun> past;
  private transient RerunFlag rerun;
  private transient PastSearches searches;
  private transient PastLetters letters;
  private transient Counter pricedBefore;
  private transient Counter received;
  private transient Counter otherMode;
  private transient Counter unusable;
  private transient Counter refused;
  private transient Counter unsearchable;

  /**
   * @param past what an earlier run left
   */
  ReceiveDecisions(SerializableSupplier<PastRun> past) {
    this.past = past;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    rerun = RerunFlag.restore(context);
    searches = rerun.isSet() ? past.get().searches() : PastSearches.NONE;
    letters = rerun.isSet() ? past.get().letters() : PastLetters.NONE;
    if (searches.isEmpty() && letters.equals(PastLetters.NONE)) {
      rerun.clear();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    rerun.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    received = metrics.counter("decisions");
    otherMode = metrics.counter("decisions_other_mode");
    unusable = metrics.counter("decisions_unusable");
    refused = metrics.counter("decisions_without_rollout_id");
    unsearchable = metrics.counter("decisions_unsearchable");
    pricedBefore = metrics.counter("decisions_priced_by_an_earlier_run");
  }

  @Override
  public void processElement(
      DecisionRecord record, Context context, Collector<DecisionRecord> decisions) {
    mark(context, record, LedgerMark.READ);
    Decision decision = record.decision();
    if (decision == null || decision.getQueryId().isEmpty()) {
      unusable.inc();
      mark(context, record, LedgerMark.DANGLING);
    } else if (decision.getMode() != DecisionMode.ENGINE_ONLY) {
      otherMode.inc();
      mark(context, record, LedgerMark.DANGLING);
    } else if (letters.wasRefused(record.topic(), record.partition(), record.offset())) {
      mark(context, record, LedgerMark.DEAD_LETTER);
    } else if (searches.contain(decision.getQueryId())) {
      pricedBefore.inc();
      mark(context, record, LedgerMark.JOINED);
    } else if (decision.getCandidates().stream()
        .map(Candidate::getRolloutId)
        .anyMatch(String::isEmpty)) {
      refused.inc();
      bury(
          context,
          record,
          DeadLetterReason.MISSING_FIELD,
          "rollout_id of a candidate is empty, expected a value in every candidate. Fill it and resend.");
    } else {
      receive(record, decision, context, decisions);
    }
  }

  private void receive(
      DecisionRecord record,
      Decision decision,
      Context context,
      Collector<DecisionRecord> decisions) {
    Optional<String> unreadable = DecidedQuery.unreadable(decision);
    if (unreadable.isPresent()) {
      unsearchable.inc();
      bury(context, record, DeadLetterReason.INVALID_FIELD, unreadable.get());
    } else {
      received.inc();
      decisions.collect(record);
    }
  }

  private static void bury(
      Context context, DecisionRecord record, DeadLetterReason reason, String detail) {
    mark(context, record, LedgerMark.DEAD_LETTER);
    context.output(SideOutputs.DEAD_LETTERS, record.refused(reason, detail));
  }

  private static void mark(Context context, DecisionRecord record, LedgerMark mark) {
    context.output(
        SideOutputs.LEDGER,
        new LedgerEntry(record.topic(), record.partition(), record.offset(), mark));
  }
}
