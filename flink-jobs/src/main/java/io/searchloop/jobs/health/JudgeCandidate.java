package io.searchloop.jobs.health;

import io.searchloop.learning.experiment.CanaryTrial;
import io.searchloop.learning.experiment.TrialRules;
import io.searchloop.learning.experiment.TrialVerdict;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Asks after every visitor what is to become of the trial, and proposes it upon the head it knows:
 * a step, a promotion, a rollback, or a freeze when the comparison itself is broken. One proposal
 * for a head; if another author comes first it is void, and the next head is judged anew. Decision
 * ids are made of verdict, release and head, so that a restart repeats nothing.
 *
 * <p>One key, one task thread.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class JudgeCandidate
    extends KeyedCoProcessFunction<String, TrialVisitor, TrialHead, PolicyControl> {
  private static final long serialVersionUID = 1L;

  private final TrialConfig config;
  private transient TrialRules rules;
  private transient ValueState<CanaryTrial> trial;
  private transient ValueState<TrialHead> head;
  private transient ValueState<Long> proposedUpon;
  private transient ValueState<Long> held;
  private transient Counter ofNoTrial;
  private transient long stepVisitors;
  private transient double logRatioEvidence;

  JudgeCandidate(TrialConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    rules = config.rules();
    trial = state("trial", TypeInformation.of(CanaryTrial.class));
    head = state("head", TypeInformation.of(TrialHead.class));
    proposedUpon = state("proposed-upon", Types.LONG);
    held = state("held", Types.LONG);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    ofNoTrial = metrics.counter("visitors_of_no_trial");
    metrics.gauge("candidate_step_visitors", () -> stepVisitors);
    metrics.gauge("sample_ratio_log_evidence", () -> logRatioEvidence);
  }

  private <T> ValueState<T> state(String name, TypeInformation<T> type) {
    return getRuntimeContext().getState(new ValueStateDescriptor<>(name, type));
  }

  @Override
  public void processElement1(
      TrialVisitor visitor, Context context, Collector<PolicyControl> proposals) throws Exception {
    TrialHead known = head.value();
    CanaryTrial before = trial.value();
    if (known == null
        || before == null
        || !known.serves()
        || known.candidateVersion() != visitor.candidateVersion()) {
      ofNoTrial.inc();
      return;
    }
    CanaryTrial after = before.plus(visitor.outcome(), rules);
    trial.update(after);
    stepVisitors = after.stepVisitors();
    logRatioEvidence = after.ratio().logEvidence();
    propose(known, after, context, proposals);
  }

  @Override
  public void processElement2(TrialHead next, Context context, Collector<PolicyControl> proposals)
      throws Exception {
    TrialHead known = head.value();
    if (known != null && overtaken(known, next)) {
      held.clear();
    }
    head.update(next);
    proposedUpon.clear();
    if (!next.serves()) {
      trial.clear();
      held.clear();
      return;
    }
    CanaryTrial running = trial.value();
    boolean same = known != null && running != null && next.sameTrial(known);
    trial.update(same ? running.withPercent(next.percent()) : CanaryTrial.at(next.percent()));
    if (!same) {
      held.clear();
    }
    propose(next, trial.value(), context, proposals);
  }

  /** Whether another author came before a freeze that was proposed upon a head: it is void. */
  private boolean overtaken(TrialHead known, TrialHead next) throws Exception {
    Long upon = proposedUpon.value();
    return upon != null && upon == known.headOffset() && !known.frozen() && !next.frozen();
  }

  private void propose(
      TrialHead known, CanaryTrial running, Context context, Collector<PolicyControl> proposals)
      throws Exception {
    if (proposedUpon.value() != null) {
      return;
    }
    Optional<PolicyControl> proposal = proposal(known, running.judge(rules));
    if (proposal.isPresent()) {
      proposedUpon.update(known.headOffset());
      long now = context.timerService().currentProcessingTime();
      proposals.collect(
          PolicyControl.newBuilder(proposal.get()).setTimestamp(Instant.ofEpochMilli(now)).build());
    }
  }

  private Optional<PolicyControl> proposal(TrialHead known, TrialVerdict verdict) throws Exception {
    long version = known.candidateVersion();
    if (verdict instanceof TrialVerdict.RollBack harm) {
      return record(known, ControlAction.ROLLBACK, known.activeVersion(), 0, harm.why());
    }
    if (verdict instanceof TrialVerdict.Hold hold) {
      if (held.value() != null) {
        return Optional.empty(); // an operator has been told, and may have unfrozen for a reason
      }
      held.update(version);
      return record(known, ControlAction.FREEZE, -1, 0, hold.why());
    }
    if (known.frozen()) {
      return Optional.empty();
    }
    if (verdict instanceof TrialVerdict.Step step) {
      return record(known, ControlAction.CANARY, version, step.percent(), step.why());
    }
    return verdict instanceof TrialVerdict.Promote
        ? record(known, ControlAction.PROMOTE, version, 0, verdict.why())
        : Optional.empty();
  }

  private static Optional<PolicyControl> record(
      TrialHead known, ControlAction action, long version, int percent, String why) {
    return Optional.of(
        PolicyControl.newBuilder()
            .setDecisionId(
                "health/" + action + "/" + known.candidateVersion() + "/" + known.headOffset())
            .setAction(action)
            .setPolicyVersion(version)
            .setPercent(percent)
            .setWho(ControlLog.LOOP)
            .setWhy("release " + known.candidateVersion() + ", " + why)
            .setExpectedHead(known.headOffset())
            .build());
  }
}
