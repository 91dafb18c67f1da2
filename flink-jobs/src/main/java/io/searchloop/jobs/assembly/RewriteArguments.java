package io.searchloop.jobs.assembly;

import io.searchloop.learning.preference.PairAdmission;
import io.searchloop.learning.preference.PairSelection;
import io.searchloop.learning.preference.RankedPair;
import io.searchloop.learning.preference.RewardLevels;
import io.searchloop.learning.preference.RewardStatistics;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the rewrites of a query, looked at together, say about each other: pairs or a partial order.
 * Ids end in the search whose impression caused the look, of which there is one. Immutable.
 */
final class RewriteArguments {
  /**
   * @param item the pair or order
   * @param arms indices of the rewrites that argue in it
   */
  record Argument(TrainingItem item, List<Integer> arms) {}

  private final AssemblyConfig config;
  private final PairAdmission admission;

  RewriteArguments(AssemblyConfig config) {
    this.config = config;
    this.admission = config.pairAdmission();
  }

  /** Arguments in which each rewrite takes part once at most. */
  List<Argument> of(List<RewriteArm> arms, RewardTuple cause) {
    List<RewardStatistics> statistics = arms.stream().map(RewriteArm::statistics).toList();
    if (config.orders()) {
      RewardLevels levels = RewardLevels.of(admission, statistics);
      return levels.count() < 2 ? List.of() : List.of(order(arms, levels, cause));
    }
    return PairSelection.of(admission, statistics, config.pairLevels()).stream()
        .map(pair -> pair(arms, pair, cause))
        .toList();
  }

  private static Argument pair(List<RewriteArm> arms, RankedPair ranked, RewardTuple cause) {
    RewriteArm preferred = arms.get(ranked.preferred());
    RewriteArm rejected = arms.get(ranked.rejected());
    PreferencePair pair =
        PreferencePairs.of(
                ranked, preferred.representative(), rejected.representative(), cause.getQueryId())
            .setGroupKey(cause.getGroupKey())
            .setQuery(cause.getQuery())
            .setPromptTokens(cause.getPromptTokens())
            .setPreferredImpressions(preferred.statistics().count())
            .setRejectedImpressions(rejected.statistics().count())
            .build();
    // As old as the side that was shown longer ago.
    long lastImpression = Math.min(preferred.lastImpression(), rejected.lastImpression());
    return new Argument(
        TrainingItem.pair(cause.getLineage(), lastImpression, pair),
        List.of(ranked.preferred(), ranked.rejected()));
  }

  private static Argument order(List<RewriteArm> arms, RewardLevels levels, RewardTuple cause) {
    List<Integer> bestFirst = levels.bestFirst();
    IntStream levelOfEach = bestFirst.stream().mapToInt(levels::of);
    PartialOrder order =
        PartialOrder.newBuilder()
            .setOrderId("order/" + cause.getQueryId())
            .setGroupKey(cause.getGroupKey())
            .setQuery(cause.getQuery())
            .setPromptTokens(cause.getPromptTokens())
            .setMembers(bestFirst.stream().map(arm -> arms.get(arm).representative()).toList())
            .setLevels(Packed.ints(levelOfEach.toArray()))
            .build();
    long lastImpression =
        bestFirst.stream().mapToLong(arm -> arms.get(arm).lastImpression()).min().orElseThrow();
    return new Argument(TrainingItem.order(cause.getLineage(), lastImpression, order), bestFirst);
  }
}
