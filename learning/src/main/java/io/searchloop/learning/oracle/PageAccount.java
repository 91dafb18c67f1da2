package io.searchloop.learning.oracle;

import io.searchloop.learning.oracle.PaidLine.Price;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A multileaved page: a click is shared by how much more each candidate's own list would have shown
 * the product than the merge did, and a purchase votes for every list that held it.
 */
final class PageAccount implements SearchAccount {
  private final Prices prices;
  private final PageCredit credit;
  private final List<Rollout> rollouts;
  private final Set<String> clicked = new HashSet<>();
  private final Map<PaidLine, String> productOfLine = new HashMap<>();

  /**
   * @param rollouts one for each candidate, in order
   */
  PageAccount(Prices prices, PageCredit credit, List<Rollout> rollouts) {
    this.prices = prices;
    this.credit = credit;
    this.rollouts = List.copyOf(rollouts);
  }

  @Override
  public List<Rollout> rollouts() {
    return rollouts;
  }

  @Override
  public void settle(Outcome outcome, VisitorCap cap) {
    switch (outcome.action()) {
      case QUERY, IMPRESSION, ADD_TO_CART, REMOVE_FROM_CART, ERASE -> {}
      case CLICK -> click(outcome, cap);
      case PURCHASE -> purchase(outcome, cap);
      case REFUND -> refund(outcome);
    }
  }

  private void click(Outcome outcome, VisitorCap cap) {
    if (!clicked.add(outcome.product())) {
      return;
    }
    long earned = cap.grant(outcome.time(), prices.click());
    for (int i = 0; i < rollouts.size(); i++) {
      long share = Math.round(earned * credit.weight(i, outcome.product()));
      rollouts.get(i).change(outcome.time(), share, 0);
    }
  }

  private void purchase(Outcome outcome, VisitorCap cap) {
    long earned = cap.grant(outcome.time(), prices.purchase(outcome.event()));
    outcome.paidLine().earn(new Price(earned, 0));
    productOfLine.put(outcome.paidLine(), outcome.product());
    vote(outcome.time(), outcome.product(), earned);
  }

  /** The product is the purchase's: a refund need not name it. */
  private void refund(Outcome outcome) {
    Price back = outcome.paidLine().refund(outcome.event().getQuantity());
    String product = productOfLine.getOrDefault(outcome.paidLine(), "");
    vote(outcome.time(), product, -back.purchase());
  }

  private void vote(long time, String product, long micros) {
    for (int i = 0; i < rollouts.size(); i++) {
      if (credit.holds(i, product)) {
        rollouts.get(i).change(time, 0, micros);
      }
    }
  }
}
