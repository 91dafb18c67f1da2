package io.searchloop.learning.oracle;

import io.searchloop.learning.oracle.PaidLine.Price;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A search that showed one candidate: everything is that rollout's. */
final class AssignedAccount implements SearchAccount {
  private final Prices prices;
  private final Rollout rollout;
  private final Set<String> clicked = new HashSet<>();
  private final Map<String, Long> cart = new HashMap<>();

  AssignedAccount(Prices prices, Rollout rollout) {
    this.prices = prices;
    this.rollout = rollout;
  }

  @Override
  public List<Rollout> rollouts() {
    return List.of(rollout);
  }

  @Override
  public void settle(Outcome outcome, VisitorCap cap) {
    long earned =
        switch (outcome.action()) {
          case QUERY, IMPRESSION, ERASE -> 0;
          case CLICK -> click(outcome, cap);
          case ADD_TO_CART -> addToCart(outcome, cap);
          case REMOVE_FROM_CART -> removeFromCart(outcome);
          case PURCHASE -> purchase(outcome, cap);
          case REFUND -> refund(outcome);
        };
    rollout.change(outcome.time(), earned, 0);
  }

  private long click(Outcome outcome, VisitorCap cap) {
    return clicked.add(outcome.product())
        ? cap.grant(outcome.time(), prices.click(outcome.event()))
        : 0;
  }

  private long addToCart(Outcome outcome, VisitorCap cap) {
    if (cart.containsKey(outcome.product())) {
      return 0;
    }
    long earned = cap.grant(outcome.time(), prices.cart());
    cart.put(outcome.product(), earned);
    return earned;
  }

  private long removeFromCart(Outcome outcome) {
    Long earned = cart.remove(outcome.product());
    return earned == null ? 0 : -earned;
  }

  private long purchase(Outcome outcome, VisitorCap cap) {
    long purchase = cap.grant(outcome.time(), prices.purchase(outcome.event()));
    long hitrate = cap.grant(outcome.time(), prices.hitrate(outcome.event()));
    outcome.paidLine().earn(new Price(purchase, hitrate));
    return purchase + hitrate;
  }

  private static long refund(Outcome outcome) {
    Price back = outcome.paidLine().refund(outcome.event().getQuantity());
    return -(back.purchase() + back.hitrate());
  }
}
