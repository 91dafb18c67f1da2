package io.searchloop.learning.preference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pairs from what the shopper of one page bought. A shopper buys one of several good products, so
 * purchases compete and say nothing about how much; they say which rewrite's list held what was
 * bought. The best is paired with the worst, the second with the second-worst, while they differ:
 * disjoint, so that no rollout argues twice. Example: purchases worth (10, 0, 10, 0) make the pairs
 * 0-3 and 2-1 with margin 10 each. Stateless.
 */
public final class OrdinalPairs {
  /** Sums of a few prices; closer than this they are the same sum. */
  private static final double EQUAL_SUMS = 1e-9;

  private OrdinalPairs() {}

  /**
   * The pairs of a page, largest margin first.
   *
   * @param purchases priced purchases of what each rollout's list held
   * @param flipProbability how often a purchase prefers the wrong list
   */
  public static List<RankedPair> of(double[] purchases, double flipProbability) {
    List<Integer> descending =
        IntStream.range(0, purchases.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> purchases[i]).reversed())
            .toList();
    List<RankedPair> pairs = new ArrayList<>();
    for (int i = 0, j = purchases.length - 1; i < j; i++, j--) {
      int preferred = descending.get(i);
      int rejected = descending.get(j);
      double margin = purchases[preferred] - purchases[rejected];
      if (margin <= EQUAL_SUMS) {
        break;
      }
      pairs.add(new RankedPair(preferred, rejected, margin, flipProbability));
    }
    return pairs;
  }
}
