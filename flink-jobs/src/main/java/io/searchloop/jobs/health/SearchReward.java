package io.searchloop.jobs.health;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;

/**
 * What a rollout earned within the short window: the same age for every search. Corrections come
 * later and at any age, so they enter no comparison. Public for Flink's serializers.
 *
 * @param queryId the search; empty when nothing a shopper did is in it
 * @param time when the page was shown, epoch milliseconds
 * @param reward of the base tuple
 * @param abandoned whether it has no outcome
 */
public record SearchReward(String queryId, long time, double reward, boolean abandoned) {

  /** What a tuple says. */
  public static SearchReward of(RewardTuple tuple) {
    long shown = tuple.getImpressionTime().toEpochMilli();
    if (tuple.getSequence() != 0 || tuple.getOrigin() == TupleOrigin.ENGINE) {
      return new SearchReward("", shown, 0, true);
    }
    boolean nothing = tuple.getOutcomeTime().toEpochMilli() <= shown;
    return new SearchReward(tuple.getQueryId(), shown, tuple.getReward(), nothing);
  }

  boolean ofShopper() {
    return !queryId.isEmpty();
  }
}
