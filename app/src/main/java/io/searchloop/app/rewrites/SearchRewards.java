package io.searchloop.app.rewrites;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What each search earned, corrections included; merged pages and the engine apart. One thread. */
public final class SearchRewards {
  private final Map<String, Double> byQueryId = new HashMap<>();

  /** Takes a tuple in. */
  public void add(RewardTuple tuple) {
    if (tuple.getOrigin() == TupleOrigin.ASSIGNED || tuple.getOrigin() == TupleOrigin.SLATE) {
      byQueryId.merge(tuple.getQueryId(), tuple.getReward(), Double::sum);
    }
  }

  /** Reward of a search; empty when its page was never seen, or is not settled yet. */
  OptionalDouble of(String queryId) {
    Double reward = byQueryId.get(queryId);
    return reward == null ? OptionalDouble.empty() : OptionalDouble.of(reward);
  }
}
