package io.searchloop.learning.preference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The partial order of a query's rewrites: levels of rewrites that cannot be told apart, the best
 * level first. Any two rewrites of different levels are told apart by {@link PairAdmission}, so a
 * loss over partial orders (PRO, arXiv 2306.17492, as BEQUE uses it) never learns from noise.
 *
 * <p>"Cannot be told apart" is not transitive. From the best mean to the worst, a rewrite that can
 * be told from every leader so far leads a level of its own; any other joins the one leader it
 * cannot be told from. A rewrite between two levels, or with too few impressions, is undecided and
 * waits for more. Example: A earns 1, B .5, C 0 on average; A is told from C, but B from neither:
 * levels are {A} and {C}, B is undecided. Immutable; O(n^2) judgements.
 */
public final class RewardLevels {
  /** Level of a rewrite that is not in the order. */
  public static final int UNDECIDED = -1;

  private final int[] levels;
  private final int count;
  private final List<Integer> bestFirst;

  private RewardLevels(int[] levels, List<Integer> descending) {
    this.levels = levels;
    this.count = Arrays.stream(levels).max().orElse(UNDECIDED) + 1;
    // A stable sort: within a level the better mean stays first.
    this.bestFirst =
        descending.stream()
            .filter(rewrite -> levels[rewrite] != UNDECIDED)
            .sorted(Comparator.comparingInt(rewrite -> levels[rewrite]))
            .toList();
  }

  /** The levels of some rewrites of one query. */
  public static RewardLevels of(PairAdmission admission, List<RewardStatistics> rewrites) {
    List<Integer> descending = descending(admission, rewrites);
    int[] levels = new int[rewrites.size()];
    Arrays.fill(levels, UNDECIDED);
    List<Integer> leaders = new ArrayList<>();
    for (int rewrite : descending) {
      if (leaders.stream().allMatch(leader -> above(admission, rewrites, leader, rewrite))) {
        levels[rewrite] = leaders.size();
        leaders.add(rewrite);
      }
    }
    for (int rewrite : descending) {
      if (levels[rewrite] == UNDECIDED) {
        levels[rewrite] = levelOf(rewrite, admission, rewrites, leaders, levels);
      }
    }
    return new RewardLevels(levels, descending);
  }

  /** Level of a rewrite, 0 the best, or {@link #UNDECIDED}. */
  public int of(int rewrite) {
    return levels[rewrite];
  }

  /** Number of levels; with fewer than two there is nothing to learn. */
  public int count() {
    return count;
  }

  /** Indices of the rewrites that have a level, best level first. */
  public List<Integer> bestFirst() {
    return bestFirst;
  }

  /** Rewrites with enough impressions, from the best mean to the worst; ties by index. */
  private static List<Integer> descending(
      PairAdmission admission, List<RewardStatistics> rewrites) {
    return IntStream.range(0, rewrites.size())
        .filter(rewrite -> rewrites.get(rewrite).count() >= admission.minImpressions())
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer rewrite) -> rewrites.get(rewrite).mean())
                .reversed())
        .toList();
  }

  /** The level whose leader alone it cannot be told from, if it fits between all the others. */
  private static int levelOf(
      int rewrite,
      PairAdmission admission,
      List<RewardStatistics> rewrites,
      List<Integer> leaders,
      int[] levels) {
    int[] indistinct =
        IntStream.range(0, leaders.size())
            .filter(
                level ->
                    admission
                        .judge(rewrites.get(leaders.get(level)), rewrites.get(rewrite))
                        .isEmpty())
            .toArray();
    if (indistinct.length != 1) {
      return UNDECIDED;
    }
    int level = indistinct[0];
    for (int other = 0; other < levels.length; other++) {
      boolean fits =
          levels[other] == UNDECIDED
              || levels[other] == level
              || (levels[other] < level
                  ? above(admission, rewrites, other, rewrite)
                  : above(admission, rewrites, rewrite, other));
      if (!fits) {
        return UNDECIDED;
      }
    }
    return level;
  }

  private static boolean above(
      PairAdmission admission, List<RewardStatistics> rewrites, int upper, int lower) {
    Optional<PairAdmission.Preference> preference =
        admission.judge(rewrites.get(upper), rewrites.get(lower));
    return preference.isPresent() && preference.get().firstPreferred();
  }
}
