package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.ShopperEvent;
import io.searchloop.learning.event.Action;
import io.searchloop.learning.reward.OutcomePrices;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.OrderLineState;
import io.searchloop.schemas.state.ProductState;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settles one outcome with the search it belongs to: what it earns or takes back, in micros by
 * term, and what is remembered of it. Rules: docs/attribution.md, "Prices".
 */
final class Settlement {
  static final String HITRATE = "hitrate";

  private final SearchState search;
  private final OutcomePrices prices;
  private final SearchDetails details;
  private final OpenSearches searches;
  private final Allowance allowance;
  private final long time;
  private final Map<String, Long> terms = new LinkedHashMap<>(2);
  private boolean capped;

  /**
   * @param pricing configuration in force when the search was shown
   * @param time event time of the outcome
   */
  Settlement(
      SearchState search,
      RewardConfig pricing,
      SearchDetails details,
      OpenSearches searches,
      Allowance allowance,
      long time) {
    this.search = search;
    this.prices = new OutcomePrices(pricing);
    this.details = details;
    this.searches = searches;
    this.allowance = allowance;
    this.time = time;
  }

  /** Settles an event; the result has no entry for a term that does not change. */
  Map<String, Long> settle(Action action, ShopperEvent event) {
    switch (action) {
      case QUERY, IMPRESSION, ERASE -> {}
      case CLICK -> click(event);
      case ADD_TO_CART -> addToCart(event);
      case REMOVE_FROM_CART -> removeFromCart(event);
      case PURCHASE -> purchase(event);
      case REFUND -> refund(event);
    }
    terms.values().removeIf(change -> change == 0);
    return terms;
  }

  /** Whether the visitor's cap cut something short. */
  boolean capped() {
    return capped;
  }

  private void click(ShopperEvent event) {
    ProductState product = product(event);
    if (product.getClicked() > 0) {
      return;
    }
    product.setClicked(clickedProducts(search) + 1);
    pay(
        Action.CLICK.wireName(),
        search.getPageMode()
            ? prices.click()
            : prices.click(event.position(), search.getExamination()));
  }

  private void addToCart(ShopperEvent event) {
    ProductState product = product(event);
    if (search.getPageMode() || product.getCarted()) {
      return;
    }
    product.setCarted(true);
    product.setCart(pay(Action.ADD_TO_CART.wireName(), prices.addToCart()));
  }

  private void removeFromCart(ShopperEvent event) {
    OpenSearches.product(search, event.product())
        .filter(ProductState::getCarted)
        .ifPresent(
            product -> {
              terms.put(Action.REMOVE_FROM_CART.wireName(), -product.getCart());
              product.setCarted(false);
              product.setCart(0);
            });
  }

  private void purchase(ShopperEvent event) {
    if (searches.paidFor(event).isPresent()) {
      return;
    }
    long earned =
        pay(Action.PURCHASE.wireName(), prices.purchase(event.quantity(), event.minorUnits()));
    long hitrate = missedByTheQuery(event) ? pay(HITRATE, prices.hitrate()) : 0;
    searches.pay(
        search,
        OrderLineState.newBuilder()
            .setOrderId(event.orderId())
            .setOrderLine(event.orderLine())
            .setProduct(event.product())
            .setBought(Math.max(1, event.quantity()))
            .setEarned(earned)
            .setHitrate(hitrate)
            .build());
  }

  private void refund(ShopperEvent event) {
    OrderLineState line = searches.paidFor(event).orElseThrow().line();
    int left = line.getBought() - line.getReturned();
    int units = event.quantity() == 0 ? left : Math.min(left, event.quantity());
    int before = line.getReturned();
    line.setReturned(before + units);
    terms.put(Action.REFUND.wireName(), -growth(line.getEarned(), before, line));
    terms.put(HITRATE, -growth(line.getHitrate(), before, line));
  }

  private static long growth(long earned, int before, OrderLineState line) {
    return OutcomePrices.takenBack(earned, line.getReturned(), line.getBought())
        - OutcomePrices.takenBack(earned, before, line.getBought());
  }

  /** Pays what the visitor's cap leaves of a price, if the search earns at all. */
  private long pay(String term, long price) {
    if (search.getSilent() || search.getUncredited()) {
      return 0;
    }
    long granted = allowance.grant(price, time);
    capped |= granted < price;
    terms.put(term, granted);
    return granted;
  }

  private boolean missedByTheQuery(ShopperEvent event) {
    if (search.getPageMode() || !SearchDetails.hasPage(search)) {
      return false;
    }
    SearchPage page = details.page(search);
    int place = page.getProducts().indexOf(event.product());
    ByteBuffer ranks = page.getQueryRanks().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return place >= 0
        && place < ranks.remaining() / Integer.BYTES
        && ranks.getInt(ranks.position() + place * Integer.BYTES) == 0;
  }

  private ProductState product(ShopperEvent event) {
    return searches.touchable(search, event.product());
  }

  /** Products clicked in a search so far. */
  static int clickedProducts(SearchState search) {
    int clicked = 0;
    for (ProductState product : search.getProducts()) {
      clicked = Math.max(clicked, product.getClicked());
    }
    return clicked;
  }
}
