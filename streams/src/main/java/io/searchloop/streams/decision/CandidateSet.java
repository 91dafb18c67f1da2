package io.searchloop.streams.decision;

import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.slates.Slate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The rollouts that one is drawn from.
 *
 * @param slateId slate they come from; empty when sampled for this query alone
 * @param rollouts in sampling order, duplicates kept
 * @param refusals for each rollout the rule that keeps it from being searched; empty where none
 *     does
 */
record CandidateSet(String slateId, List<Rollout> rollouts, List<Optional<String>> refusals) {

  /** Rollouts sampled for one query. */
  static CandidateSet fresh(List<Rollout> rollouts) {
    return new CandidateSet("", rollouts, unruled(rollouts));
  }

  /** Rollouts of a stored slate. */
  static CandidateSet of(Slate slate) {
    return new CandidateSet(slate.slateId(), slate.rollouts(), unruled(slate.rollouts()));
  }

  /** The same under the shop's rules: a slate is older than they may be. */
  CandidateSet under(RuleBook rules, String query) {
    return new CandidateSet(
        slateId,
        rollouts,
        rollouts.stream()
            .map(
                rollout ->
                    rollout.valid()
                        ? rules.refusal(query, rollout.rewrite())
                        : Optional.<String>empty())
            .toList());
  }

  /** What is searched when a rollout is served; empty for the query without a rewrite. */
  Optional<String> served(int index) {
    Rollout rollout = rollouts.get(index);
    return rollout.valid() && refusals.get(index).isEmpty()
        ? Optional.of(rollout.rewrite())
        : Optional.empty();
  }

  private static List<Optional<String>> unruled(List<Rollout> rollouts) {
    return Collections.nCopies(rollouts.size(), Optional.empty());
  }

  /** What the ids of its rollouts begin with, for a search. */
  String idPrefix(String queryId) {
    return slateId.isEmpty() ? queryId : slateId;
  }
}
