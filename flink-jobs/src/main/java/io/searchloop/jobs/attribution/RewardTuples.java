package io.searchloop.jobs.attribution;

import io.searchloop.learning.reward.Micros;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes reward tuples. They carry the rollout, never the visitor. */
final class RewardTuples {
  private RewardTuples() {}

  /** What a rollout earned within the short window; also advances its sequence. */
  static RewardTuple base(SearchState search, RolloutState rollout, RewardConfig config) {
    return of(search, rollout, config)
        .setReward(Micros.toReward(rollout.getReward()))
        .setPreference(Micros.toReward(rollout.getPreference()))
        .setTerms(terms(rollout.getTerms()))
        .setItem("")
        .setSignal("")
        .build();
  }

  /**
   * What one outcome changed after that; also advances the sequence.
   *
   * @param signal action it came from, or the reason of a retraction
   * @param item product it came from; empty for a retraction
   */
  static RewardTuple correction(
      SearchState search,
      RolloutState rollout,
      RewardConfig config,
      String signal,
      String item,
      Change change) {
    return of(search, rollout, config)
        .setReward(Micros.toReward(change.reward()))
        .setPreference(Micros.toReward(change.preference()))
        .setTerms(terms(change.terms()))
        .setItem(item)
        .setSignal(signal)
        .build();
  }

  /**
   * What an outcome changes for one rollout, in micros.
   *
   * @param reward change of the reward
   * @param preference change of the ordinal score
   * @param terms addends of the reward's change
   */
  record Change(long reward, long preference, Map<String, Long> terms) {
    boolean nothing() {
      return reward == 0 && preference == 0;
    }
  }

  /** Sets every field but those of the outcome: Avro's defaults are slow to come by. */
  private static RewardTuple.Builder of(
      SearchState search, RolloutState rollout, RewardConfig config) {
    int sequence = rollout.getSequence();
    rollout.setSequence(sequence + 1);
    return RewardTuple.newBuilder()
        .setRolloutId(rollout.getRolloutId())
        .setQueryId(search.getQueryId())
        .setGroupKey(search.getGroupKey())
        .setSequence(sequence)
        .setQuery(search.getQuery())
        .setArm(search.getArm())
        .setPolicyVersion(search.getPolicyVersion())
        .setStep(search.getStep())
        .setLineage(search.getLineage())
        .setCatalogueEpoch(search.getCatalogueEpoch())
        .setTrainable(rollout.getTrainable() && !search.getWithheldFromTraining())
        .setPromptTokens(search.getPromptTokens())
        .setTokenIds(rollout.getTokenIds())
        .setLogProbs(rollout.getLogProbs())
        .setImpressionTime(Instant.ofEpochMilli(search.getShownAt()))
        .setOutcomeTime(Instant.ofEpochMilli(rollout.getOutcomeTime()))
        .setRewardConfig(config.getName())
        .setRewardConfigFrom(config.getEffectiveFrom())
        .setOrigin(origin(search))
        .setSlateId(search.getSlateId())
        .setCorrectableUntil(Instant.ofEpochMilli(search.getClosesAt()));
  }

  private static TupleOrigin origin(SearchState search) {
    if (search.getPageMode()) {
      return TupleOrigin.PAGE;
    }
    return search.getSlateId().isEmpty() ? TupleOrigin.ASSIGNED : TupleOrigin.SLATE;
  }

  private static List<RewardTerm> terms(Map<String, Long> micros) {
    return new TreeMap<>(micros)
        .entrySet().stream()
            .filter(term -> term.getValue() != 0)
            .map(term -> new RewardTerm(term.getKey(), Micros.toReward(term.getValue())))
            .toList();
  }
}
