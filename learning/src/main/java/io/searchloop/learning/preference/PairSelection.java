package io.searchloop.learning.preference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the pairs of a query's rewrites. They are disjoint, so that no impression argues twice,
 * and the most certain comes first. Example: levels {A}, {B}, {C} hold the neighbours A-B and B-C,
 * of which the surer is taken; with {@link PairLevels#ALL} it is A-C, if that is surest. Stateless.
 */
public final class PairSelection {
  private static final Comparator<RankedPair> MOST_CERTAIN_FIRST =
      Comparator.comparingDouble(RankedPair::flipProbability)
          .thenComparing(Comparator.comparingDouble(RankedPair::margin).reversed())
          .thenComparingInt(RankedPair::preferred)
          .thenComparingInt(RankedPair::rejected);

  private PairSelection() {}

  /** The pairs of some rewrites of one query, as indices into them. */
  public static List<RankedPair> of(
      PairAdmission admission, List<RewardStatistics> rewrites, PairLevels allowed) {
    RewardLevels levels = RewardLevels.of(admission, rewrites);
    List<RankedPair> candidates = new ArrayList<>();
    for (int i = 0; i < rewrites.size(); i++) {
      for (int j = i + 1; j < rewrites.size(); j++) {
        if (allowed == PairLevels.ALL || neighbours(levels, i, j)) {
          judge(admission, rewrites, i, j, candidates);
        }
      }
    }
    candidates.sort(MOST_CERTAIN_FIRST);
    return disjoint(candidates, rewrites.size());
  }

  private static boolean neighbours(RewardLevels levels, int i, int j) {
    return levels.of(i) != RewardLevels.UNDECIDED
        && levels.of(j) != RewardLevels.UNDECIDED
        && Math.abs(levels.of(i) - levels.of(j)) == 1;
  }

  private static void judge(
      PairAdmission admission,
      List<RewardStatistics> rewrites,
      int i,
      int j,
      List<RankedPair> candidates) {
    admission
        .judge(rewrites.get(i), rewrites.get(j))
        .map(
            found ->
                new RankedPair(
                    found.firstPreferred() ? i : j,
                    found.firstPreferred() ? j : i,
                    found.margin(),
                    found.flipProbability()))
        .ifPresent(candidates::add);
  }

  private static List<RankedPair> disjoint(List<RankedPair> candidates, int rewrites) {
    boolean[] argued = new boolean[rewrites];
    List<RankedPair> pairs = new ArrayList<>();
    for (RankedPair pair : candidates) {
      if (!argued[pair.preferred()] && !argued[pair.rejected()]) {
        argued[pair.preferred()] = true;
        argued[pair.rejected()] = true;
        pairs.add(pair);
      }
    }
    return pairs;
  }
}
