package io.searchloop.jobs.attribution;

import io.searchloop.learning.event.Action;
import io.searchloop.learning.reward.RewardTerms;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.Optional;

/** Writes reward tuples. They carry the rollout, never the visitor. */
final class RewardTuples {
  private RewardTuples() {}

  /** What all tuples of a decision have in common; empty when its mode shows no single rollout. */
  static Optional<RewardTuple> rollout(Decision decision, RewardConfig config) {
    if (decision.getMode() != DecisionMode.ASSIGNED && decision.getMode() != DecisionMode.HOLDOUT) {
      return Optional.empty();
    }
    Candidate served = decision.getCandidates().get(decision.getServed().get(0));
    return Optional.of(
        RewardTuple.newBuilder()
            .setRolloutId(served.getRolloutId())
            .setQueryId(decision.getQueryId())
            .setGroupKey(decision.getGroupKey())
            .setQuery(decision.getQuery())
            .setArm(decision.getArm())
            .setPolicyVersion(decision.getPolicyVersion())
            .setStep(decision.getStep())
            .setLineage(decision.getLineage())
            .setCatalogueEpoch(decision.getCatalogueEpoch())
            .setTrainable(served.getTrainable())
            .setPromptTokens(decision.getPromptTokens())
            .setTokenIds(served.getTokenIds())
            .setLogProbs(served.getLogProbs())
            .setRewardConfig(config.getName())
            .build());
  }

  /** The tuple of the short window. */
  static RewardTuple base(RewardTuple rollout, SearchState search) {
    return RewardTuple.newBuilder(rollout)
        .setSequence(0)
        .setReward(search.terms.total())
        .setTerms(search.terms.toAvro())
        .setImpressionTime(Instant.ofEpochMilli(search.shownAt))
        .setOutcomeTime(Instant.ofEpochMilli(search.outcomeTime))
        .build();
  }

  /** A change after the base tuple. */
  static RewardTuple correction(
      RewardTuple rollout, SearchState search, Action action, SearchEvent event, double change) {
    return RewardTuple.newBuilder(rollout)
        .setSequence(search.corrections)
        .setReward(change)
        .setTerms(RewardTerms.of(action, change).toAvro())
        .setItem(event.getObjectId())
        .setSignal(action.wireName())
        .setImpressionTime(Instant.ofEpochMilli(search.shownAt))
        .setOutcomeTime(Instant.ofEpochMilli(search.outcomeTime))
        .build();
  }
}
