package io.searchloop.streams.decision;

import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.slates.Slate;
import java.util.List;

/**
 * The rollouts that one is drawn from.
 *
 * @param slateId slate they come from; empty when sampled for this query alone
 * @param rollouts in sampling order, duplicates kept
 */
record CandidateSet(String slateId, List<Rollout> rollouts) {

  /** Rollouts sampled for one query. */
  static CandidateSet fresh(List<Rollout> rollouts) {
    return new CandidateSet("", rollouts);
  }

  /** Rollouts of a stored slate. */
  static CandidateSet of(Slate slate) {
    return new CandidateSet(slate.slateId(), slate.rollouts());
  }

  /** What the ids of its rollouts begin with, for a search. */
  String idPrefix(String queryId) {
    return slateId.isEmpty() ? queryId : slateId;
  }
}
