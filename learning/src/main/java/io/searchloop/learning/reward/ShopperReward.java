package io.searchloop.learning.reward;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices what shoppers do with the results of one search.
 *
 * <p>Only the first click on a product earns; a product earns while it is in the cart; an order
 * line earns once, whatever its quantity, until it is refunded. With the default weights 1 / 3 / 10
 * a search whose product is clicked twice, carted, bought and returned earns 1 + 0 + 3 + 10 - 10 =
 * 4.
 *
 * <p>Stateless and safe for any thread; the caller owns the map of what was paid.
 */
public final class ShopperReward {
  private final RewardConfig config;

  public ShopperReward(RewardConfig config) {
    this.config = config;
  }

  /**
   * Prices one outcome and remembers it as paid.
   *
   * @param action action of the event
   * @param event the outcome
   * @param paid what this search has been paid for: reward by outcome; changed by this call
   * @return change of the search's reward; zero when the outcome repeats one already paid
   */
  public double settle(Action action, SearchEvent event, Map<String, Double> paid) {
    String product = event.getObjectId();
    return switch (action) {
      case QUERY, IMPRESSION -> 0;
      case CLICK -> payOnce("click/" + product, config.getClick(), paid);
      case ADD_TO_CART -> payOnce("cart/" + product, config.getAddToCart(), paid);
      case REMOVE_FROM_CART -> takeBack(paid.remove("cart/" + product));
      case PURCHASE -> payOnce(orderLine(event), config.getPurchase(), paid);
      // The line stays known at zero: buying it again under the same number earns nothing.
      case REFUND -> takeBack(paid.replace(orderLine(event), 0.0));
    };
  }

  /** Under which name a purchased line is remembered; a refund finds its purchase by it. */
  public static String orderLine(SearchEvent event) {
    return "line/" + event.getOrderLine() + "/" + event.getOrderId();
  }

  private static double payOnce(String outcome, double reward, Map<String, Double> paid) {
    return paid.putIfAbsent(outcome, reward) == null ? reward : 0;
  }

  private static double takeBack(@Nullable Double reward) {
    return reward == null || reward == 0 ? 0 : -reward;
  }
}
