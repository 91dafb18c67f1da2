package io.searchloop.jobs.assembly;

import io.searchloop.learning.preference.RankedPair;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.PreferencePair;

/** Writes what all pairs have in common. */
final class PreferencePairs {
  private PreferencePairs() {}

  /**
   * @param queryId the search that settled it: with the two rollouts a name nothing else has
   */
  static PreferencePair.Builder of(
      RankedPair ranked, GroupMember preferred, GroupMember rejected, String queryId) {
    return PreferencePair.newBuilder()
        .setPairId(
            "pair/%s/%s/%s".formatted(queryId, preferred.getRolloutId(), rejected.getRolloutId()))
        .setPreferred(preferred)
        .setRejected(rejected)
        .setMargin(ranked.margin())
        .setFlipProbability(ranked.flipProbability());
  }
}
