package io.searchloop.app.trace;

import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.trace.QueryTrace.TracedCandidate;
import io.searchloop.app.trace.QueryTrace.TracedDecision;
import io.searchloop.app.trace.QueryTrace.TracedEvent;
import io.searchloop.app.trace.QueryTrace.TracedMember;
import io.searchloop.app.trace.QueryTrace.TracedMinibatch;
import io.searchloop.app.trace.QueryTrace.TracedTuple;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records of the topics as a trace shows them.
 *
 * @param showTexts whether queries and rewrites may be shown
 */
record TraceRecords(boolean showTexts) {
  private static final long NONE = -1;

  TracedDecision decision(Decision decision) {
    List<TracedCandidate> candidates = new ArrayList<>();
    for (Candidate candidate : decision.getCandidates()) {
      candidates.add(candidate(candidate, decision.getServed().contains(candidates.size())));
    }
    return new TracedDecision(
        decision.getQueryId(),
        decision.getTimestamp(),
        showTexts ? decision.getQuery() : "",
        decision.getMode().name(),
        decision.getArm(),
        decision.getPolicyVersion(),
        decision.getStep(),
        decision.getLineage(),
        decision.getCatalogueEpoch(),
        decision.getArmPropensity(),
        decision.getAssignmentPropensity(),
        decision.getTemperature(),
        decision.getPromptHash(),
        decision.getSlateId(),
        candidates,
        decision.getPage());
  }

  TracedEvent event(SearchEvent event) {
    return new TracedEvent(
        event.getTimestamp(),
        event.getActionName(),
        event.getObjectId(),
        event.getPositionOrdinal(),
        event.getOrderId(),
        event.getEventId());
  }

  TracedTuple tuple(RewardTuple tuple) {
    Map<String, Double> terms = new LinkedHashMap<>();
    for (RewardTerm term : tuple.getTerms()) {
      terms.merge(term.getName(), term.getValue(), Double::sum);
    }
    return new TracedTuple(
        tuple.getRolloutId(),
        tuple.getSequence(),
        tuple.getReward(),
        terms,
        tuple.getSignal(),
        tuple.getItem(),
        tuple.getImpressionTime(),
        tuple.getOutcomeTime(),
        tuple.getOrigin().name());
  }

  /**
   * A minibatch with those of its members that are wanted.
   *
   * @param rollouts ids of the wanted ones
   * @param releases tell what became of it
   */
  TracedMinibatch minibatch(
      long offset, Minibatch minibatch, Set<String> rollouts, ReleaseFinder releases) {
    Optional<Release> release = releases.accountingFor(offset);
    return new TracedMinibatch(
        offset,
        minibatch.getKind().name(),
        minibatch.getCreatedAt(),
        minibatch.getGroups().size() + minibatch.getPairs().size() + minibatch.getOrders().size(),
        release.map(Release::version).orElse(NONE),
        release.map(found -> found.status().name().toLowerCase(Locale.ROOT)).orElse("pending"),
        MinibatchMembers.of(minibatch)
            .filter(member -> rollouts.contains(member.getRolloutId()))
            .map(TraceRecords::member)
            .toList());
  }

  private TracedCandidate candidate(Candidate candidate, boolean served) {
    double logProb = 0;
    for (float token : Packed.floats(candidate.getLogProbs())) {
      logProb += token;
    }
    return new TracedCandidate(
        candidate.getRolloutId(),
        showTexts ? candidate.getRewrite() : "",
        served,
        candidate.getTrainable(),
        candidate.getValid(),
        candidate.getRefusedBy(),
        Packed.ints(candidate.getTokenIds()).length,
        logProb);
  }

  private static TracedMember member(GroupMember member) {
    return new TracedMember(
        member.getRolloutId(), member.getSequence(), member.getReward(), member.getAdvantage());
  }
}
