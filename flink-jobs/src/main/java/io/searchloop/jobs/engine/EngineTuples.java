package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.engine.Addends;
import io.searchloop.learning.reward.engine.PricedGroup;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes the tuples of one priced decision. They carry the rollout, never the visitor. They are
 * final: nothing a shopper does corrects them.
 */
final class EngineTuples {
  private static final String IDENTITY = "#identity";

  private EngineTuples() {}

  /** Whether a candidate is the query as typed, logged for comparison: nobody sampled it. */
  static boolean isIdentity(Candidate candidate, Decision decision) {
    return !candidate.getTrainable()
        && !candidate.getTokenIds().hasRemaining()
        && candidate.getRewrite().equals(decision.getQuery());
  }

  /**
   * A tuple for each candidate, in order, and one more for identity, {@code query_id#identity},
   * when it is not among them.
   *
   * @param priced rewards of the candidates but identity, in order, and of identity
   * @param config configuration that priced them
   * @param catalogueEpoch epoch of the catalogue that was searched
   */
  static List<RewardTuple> of(
      Decision decision, PricedGroup priced, RewardConfig config, long catalogueEpoch) {
    RewardTuple common = common(decision, config, catalogueEpoch);
    Iterator<Addends> rewards = priced.rewrites().iterator();
    List<RewardTuple> tuples = new ArrayList<>();
    boolean identityLogged = false;
    for (Candidate candidate : decision.getCandidates()) {
      boolean identity = isIdentity(candidate, decision);
      identityLogged |= identity;
      tuples.add(tuple(common, candidate, identity ? priced.identity() : rewards.next()));
    }
    if (!identityLogged) {
      tuples.add(tuple(common, identity(decision), priced.identity()));
    }
    return tuples;
  }

  private static RewardTuple common(Decision decision, RewardConfig config, long catalogueEpoch) {
    return RewardTuple.newBuilder()
        .setOrigin(TupleOrigin.ENGINE)
        .setQueryId(decision.getQueryId())
        .setGroupKey(decision.getGroupKey())
        .setQuery(decision.getQuery())
        .setArm(decision.getArm())
        .setPolicyVersion(decision.getPolicyVersion())
        .setStep(decision.getStep())
        .setLineage(decision.getLineage())
        .setCatalogueEpoch(catalogueEpoch)
        .setPromptTokens(decision.getPromptTokens())
        .setImpressionTime(decision.getTimestamp())
        .setOutcomeTime(decision.getTimestamp())
        .setCorrectableUntil(decision.getTimestamp())
        .setRewardConfig(config.getName())
        .setRewardConfigFrom(config.getEffectiveFrom())
        .build();
  }

  private static RewardTuple tuple(RewardTuple common, Candidate candidate, Addends reward) {
    return RewardTuple.newBuilder(common)
        .setRolloutId(candidate.getRolloutId())
        .setTrainable(candidate.getTrainable())
        .setTokenIds(candidate.getTokenIds())
        .setLogProbs(candidate.getLogProbs())
        .setReward(reward.reward())
        .setTerms(reward.toAvro())
        .build();
  }

  private static Candidate identity(Decision decision) {
    return Candidate.newBuilder()
        .setRolloutId(decision.getQueryId() + IDENTITY)
        .setRewrite(decision.getQuery())
        .setTrainable(false)
        .setValid(true)
        .build();
  }
}
