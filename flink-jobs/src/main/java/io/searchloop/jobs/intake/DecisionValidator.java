package io.searchloop.jobs.intake;

import io.searchloop.learning.credit.PageCredit;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.VisitorKey;
import java.util.Optional;

/** What a worker's decision must carry so that outcomes can be laid to a rollout. */
final class DecisionValidator implements Validator<Decision> {
  @Override
  public Optional<Refusal> refuse(Decision decision, long brokerTime) {
    if (VisitorKey.of(decision).isEmpty()) {
      return Optional.of(
          new Refusal(
              DeadLetterReason.NO_VISITOR,
              "client_id and session_id are empty, expected one of them. Pass the visitor to the worker."));
    }
    return Validator.missing("query_id", decision.getQueryId(), "decision")
        .or(() -> Validator.brokenClock(decision.getTimestamp(), brokerTime))
        .or(() -> unservedCandidate(decision))
        .or(() -> uncreditablePage(decision));
  }

  private static Optional<Refusal> unservedCandidate(Decision decision) {
    boolean showsOne =
        decision.getMode() == DecisionMode.ASSIGNED || decision.getMode() == DecisionMode.HOLDOUT;
    if (!showsOne) {
      return Optional.empty();
    }
    int candidates = decision.getCandidates().size();
    int served = decision.getServed().isEmpty() ? -1 : decision.getServed().get(0);
    if (served < 0 || served >= candidates) {
      return Optional.of(
          new Refusal(
              DeadLetterReason.INVALID_FIELD,
              "served begins with %d of %d candidates, expected the index of one in mode %s. Log the candidate that was shown."
                  .formatted(served, candidates, decision.getMode())));
    }
    return Validator.missing(
        "rollout_id", decision.getCandidates().get(served).getRolloutId(), "served candidate");
  }

  private static Optional<Refusal> uncreditablePage(Decision decision) {
    return decision.getMode() == DecisionMode.MULTILEAVED
        ? PageCredit.invalid(decision)
            .map(found -> new Refusal(DeadLetterReason.INVALID_FIELD, found))
        : Optional.empty();
  }
}
