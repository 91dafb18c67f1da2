package io.searchloop.learning.reward.engine;

import java.util.Set;

/**
 * Whether the rewrite finds what the shopper later bought and the query alone missed (hitrate of
 * BEQUE, arXiv 2311.03758).
 *
 * <pre>
 *   value = |(S(y) \ S(q)) n T| / |T|, 0 when nothing was transacted
 * </pre>
 *
 * <p>For logs, where the transactions T are known; live traffic is priced by {@code
 * ShopperReward}'s hitrate instead. Example: S(y) = [b, c], S(q) = [a, b], T = {b, c} gives 1 / 2.
 */
public final class HitRate implements EngineTerm {
  private final Set<String> transacted;

  /**
   * @param transacted T: products the shopper transacted after the search
   */
  public HitRate(Set<String> transacted) {
    this.transacted = Set.copyOf(transacted);
  }

  @Override
  public String name() {
    return "hitrate";
  }

  @Override
  public double[] values(EngineGroup group) {
    return NewProducts.shares(group, transacted);
  }
}
