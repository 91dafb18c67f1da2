package io.searchloop.learning.credit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What purchases say about the rollouts of one multileaved page: an order, not an amount. Whoever
 * buys one drill does not buy the next, so a product's sales depend on what else the page shows and
 * no exposure makes them add up; that a rollout listed what was bought and another did not remains
 * true.
 *
 * <pre>
 *   i before j   when i listed every bought product that j listed, and one more
 * </pre>
 *
 * <p>A strict partial order: rollouts that each listed something the other lacked are not compared.
 * Example: the shopper buys a lamp, listed by rollouts 0 and 1, and a bulb, listed by 0 alone; then
 * 0 is before 1, and both are before 2, which listed neither.
 *
 * <p>Immutable, any thread.
 */
public final class OrdinalPurchases {
  private final List<BitSet> listed;

  private OrdinalPurchases(List<BitSet> listed) {
    this.listed = listed;
  }

  /**
   * The order of the rollouts on a page.
   *
   * @param bought products bought after this search and kept; those not on the page say nothing
   */
  public static OrdinalPurchases of(PageCredit page, Collection<String> bought) {
    List<String> products = List.copyOf(bought);
    List<BitSet> listed = new ArrayList<>();
    for (int candidate = 0; candidate < page.candidates(); candidate++) {
      BitSet own = new BitSet();
      for (int product = 0; product < products.size(); product++) {
        own.set(product, page.listed(candidate, products.get(product)));
      }
      listed.add(own);
    }
    return new OrdinalPurchases(listed);
  }

  /** Whether one rollout is before another. */
  public boolean prefers(int better, int worse) {
    BitSet lacking = (BitSet) listed.get(worse).clone();
    lacking.andNot(listed.get(better));
    return lacking.isEmpty() && !listed.get(better).equals(listed.get(worse));
  }

  /** Every pair in the order, by the better rollout, then the worse. */
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int better = 0; better < listed.size(); better++) {
      for (int worse = 0; worse < listed.size(); worse++) {
        if (prefers(better, worse)) {
          pairs.add(new Pair(better, worse));
        }
      }
    }
    return List.copyOf(pairs);
  }

  /**
   * Two rollouts in order, as indices of candidates.
   *
   * @param better the one that listed more of what was bought
   * @param worse the other one
   */
  public record Pair(int better, int worse) {}
}
