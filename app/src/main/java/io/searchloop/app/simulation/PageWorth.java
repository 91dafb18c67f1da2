package io.searchloop.app.simulation;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.RewardConfig;
import java.util.Comparator;
import java.util.List;

/**
 * What a page earns from simulated shoppers on average: the expectation of what {@link Shopper}
 * draws, at the prices of a reward configuration.
 *
 * <pre>
 *   worth(page) = sum over positions k of click(k, a) (p_click + cart a (p_cart + order p_purchase (1 - refund)))
 * </pre>
 *
 * <p>with a the appeal of the product there. Neither position correction nor caps take part, so it
 * is the shop's income in units of reward and not the mean of reward tuples. Example: one perfect
 * product at the first place at the default prices and shares (.5, .4, .5, .05): .5 (1 + .4 (3 + .5
 * x 10 x .95)) = 2.05. Immutable.
 */
public final class PageWorth {
  private final ClickModel clicks;
  private final ShopperConfig shoppers;
  private final RewardConfig prices;

  public PageWorth(GradeScale scale, ShopperConfig shoppers, RewardConfig prices) {
    this.clicks = new ClickModel(scale, shoppers);
    this.shoppers = shoppers;
    this.prices = prices;
  }

  /** Worth of a page to somebody who wants what the query's judges wanted. */
  public double of(List<String> page, JudgedQuery intent) {
    double worth = 0;
    for (int position = 1; position <= page.size(); position++) {
      double appeal = clicks.appeal(intent.grades().get(page.get(position - 1)));
      worth += clicks.click(position, appeal) * visit(appeal);
    }
    return worth;
  }

  /** Worth of the best page of so many places that judged products can fill. */
  public double best(JudgedQuery intent, int places) {
    return of(
        intent.grades().entrySet().stream()
            .sorted(
                Comparator.comparing(
                    entry -> -clicks.appeal(entry.getValue()), Comparator.naturalOrder()))
            .limit(places)
            .map(entry -> entry.getKey())
            .toList(),
        intent);
  }

  private double visit(double appeal) {
    double order = shoppers.purchaseShare() * prices.getPurchase() * (1 - shoppers.refundShare());
    return prices.getClick() + shoppers.cartShare() * appeal * (prices.getAddToCart() + order);
  }
}
