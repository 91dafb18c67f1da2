package io.searchloop.app.simulation;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.RewardConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a page earns on average, computed and not sampled: the truth that studies compare estimates
 * with. Without caps and position correction,
 *
 * <pre>
 *   E[reward] = sum over positions k of P(click at k) * (click + P(cart | click) * (cart + P(order | cart) * purchase * (1 - P(refund))))
 * </pre>
 *
 * <p>With the default shoppers and prices a perfect product at position 1 earns .5 * (1 + .4 * (3 +
 * .5 * 10 * .95)) = 2.05. Refunds behind the long window, and products found by two searches of one
 * visitor, are left out. Immutable, any thread.
 */
public final class ExpectedReward {
  private final ClickModel clicks;
  private final ShopperConfig config;
  private final RewardConfig prices;

  public ExpectedReward(GradeScale scale, ShopperConfig config, RewardConfig prices) {
    this.clicks = new ClickModel(scale, config);
    this.config = config;
    this.prices = prices;
  }

  /** Of products in shown order, for a shopper who wants what the query was judged by. */
  public double of(JudgedQuery intent, List<String> page) {
    double reward = 0;
    for (int position = 1; position <= page.size(); position++) {
      double appeal = clicks.appeal(intent.grades().get(page.get(position - 1)));
      double kept = config.purchaseShare() * prices.getPurchase() * (1 - config.refundShare());
      double cart = config.cartShare() * appeal * (prices.getAddToCart() + kept);
      reward += clicks.click(position, appeal) * (prices.getClick() + cart);
    }
    return reward;
  }

  /**
   * Of the best page of so many places that judged products can fill.
   *
   * @param sold whether a shop has a product: one that was withdrawn can be on no page
   */
  public double ofBest(JudgedQuery intent, int places, Predicate<String> sold) {
    Comparator<Map.Entry<String, Double>> byAppeal =
        Comparator.comparingDouble(entry -> -clicks.appeal(entry.getValue()));
    return of(
        intent,
        intent.grades().entrySet().stream()
            .filter(entry -> sold.test(entry.getKey()))
            .sorted(byAppeal)
            .limit(places)
            .map(Map.Entry::getKey)
            .toList());
  }
}
