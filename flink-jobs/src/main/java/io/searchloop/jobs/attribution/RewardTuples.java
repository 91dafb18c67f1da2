package io.searchloop.jobs.attribution;

import io.searchloop.learning.reward.Micros;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.state.RolloutOrigin;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the reward tuples of a search. They carry the rollout, never the visitor. */
final class RewardTuples {
  private final SearchState search;
  private final SearchOrigin origin;
  private final RewardConfig config;

  /**
   * @param search what it has earned
   * @param origin where it came from
   * @param config what prices it
   */
  RewardTuples(SearchState search, SearchOrigin origin, RewardConfig config) {
    this.search = search;
    this.origin = origin;
    this.config = config;
  }

  /** What a rollout earned within the short window; also advances its sequence. */
  RewardTuple base(int index) {
    RolloutState rollout = search.getRollouts().get(index);
    return of(index)
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
  RewardTuple correction(int index, String signal, String item, Change change) {
    return of(index)
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
  private RewardTuple.Builder of(int index) {
    RolloutState rollout = search.getRollouts().get(index);
    RolloutOrigin sampled = origin.getRollouts().get(index);
    int sequence = rollout.getSequence();
    rollout.setSequence(sequence + 1);
    return RewardTuple.newBuilder()
        .setRolloutId(sampled.getRolloutId())
        .setQueryId(search.getQueryId())
        .setGroupKey(origin.getGroupKey())
        .setSequence(sequence)
        .setQuery(origin.getQuery())
        .setArm(origin.getArm())
        .setPolicyVersion(origin.getPolicyVersion())
        .setStep(origin.getStep())
        .setLineage(origin.getLineage())
        .setCatalogueEpoch(origin.getCatalogueEpoch())
        .setTrainable(sampled.getTrainable() && !search.getWithheldFromTraining())
        .setPromptTokens(origin.getPromptTokens())
        .setTokenIds(sampled.getTokenIds())
        .setLogProbs(sampled.getLogProbs())
        .setImpressionTime(Instant.ofEpochMilli(search.getShownAt()))
        .setOutcomeTime(Instant.ofEpochMilli(rollout.getOutcomeTime()))
        .setRewardConfig(config.getName())
        .setRewardConfigFrom(config.getEffectiveFrom())
        .setOrigin(kind())
        .setSlateId(origin.getSlateId())
        .setCorrectableUntil(Instant.ofEpochMilli(search.getClosesAt()));
  }

  private TupleOrigin kind() {
    if (search.getPageMode()) {
      return TupleOrigin.PAGE;
    }
    return origin.getSlateId().isEmpty() ? TupleOrigin.ASSIGNED : TupleOrigin.SLATE;
  }

  private static List<RewardTerm> terms(Map<String, Long> micros) {
    List<RewardTerm> terms = new ArrayList<>(micros.size());
    micros.forEach(
        (term, earned) -> {
          if (earned != 0) {
            terms.add(new RewardTerm(term, Micros.toReward(earned)));
          }
        });
    terms.sort(Comparator.comparing(RewardTerm::getName));
    return terms;
  }
}
