package io.searchloop.app.simulation;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One visitor with an intent: a query and the judgments that go with it. Searches, and decides on
 * the spot everything that will follow from the page: clicks, carts, one order, refunds, each with
 * the time at which it is going to happen.
 *
 * <p>Carts, orders and refunds carry no query id, as in most shops; attributing them is the loop's
 * job. Used by one thread at a time.
 */
final class Shopper implements Visitor {
  private static final String CURRENCY = "EUR";
  private static final int CHEAPEST_MINOR_UNITS = 499;
  private static final int PRICE_SPREAD_MINOR_UNITS = 20_000;
  private static final int MOST_UNITS = 3;

  private final Journal journal;
  private final ClickModel clicks;
  private final ShopperConfig config;
  private final RandomGenerator random;
  private int orders;

  Shopper(String visitorId, ClickModel clicks, ShopperConfig config, RandomGenerator random) {
    this.journal = new Journal(visitorId);
    this.clicks = clicks;
    this.config = config;
    this.random = random;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public List<SearchEvent> search(JudgedQuery intent, StorefrontClient shop, InstantSource clock) {
    SearchPage page = shop.search(intent.text(), journal.visitorId(), journal.sessionId());
    return react(intent, page, clock.instant());
  }

  private List<SearchEvent> react(JudgedQuery intent, SearchPage page, Instant shown) {
    List<SearchEvent> history = new ArrayList<>();
    history.add(journal.query(page, intent.text(), shown));
    history.add(journal.impression(page, shown));
    List<String> cart = new ArrayList<>();
    Instant now = shown;
    for (int position = 1; position <= page.products().size(); position++) {
      String product = page.products().get(position - 1);
      double appeal = clicks.appeal(intent.grades().get(product));
      if (random.nextDouble() < clicks.click(position, appeal)) {
        now = now.plus(pause(config.thinkTime()));
        history.add(journal.click(page, position, now));
        if (random.nextDouble() < config.cartShare() * appeal) {
          now = now.plus(pause(config.thinkTime()));
          history.add(journal.event("add_to_cart", now).setObjectId(product).build());
          cart.add(product);
        }
      }
    }
    order(cart, now, history);
    history.sort(Comparator.comparing(SearchEvent::getTimestamp));
    return history;
  }

  private void order(List<String> cart, Instant carted, List<SearchEvent> history) {
    if (cart.isEmpty() || random.nextDouble() >= config.purchaseShare()) {
      return;
    }
    Instant ordered = carted.plus(pause(config.purchaseDelay()));
    String orderId = journal.visitorId() + "-o" + ++orders;
    for (int line = 1; line <= cart.size(); line++) {
      String product = cart.get(line - 1);
      int quantity = 1 + random.nextInt(MOST_UNITS);
      history.add(line("purchase", ordered, orderId, line, product, quantity));
      if (random.nextDouble() < config.refundShare()) {
        Instant returned = ordered.plus(pause(config.refundDelay()));
        history.add(line("refund", returned, orderId, line, product, quantity));
      }
    }
  }

  private SearchEvent line(
      String action, Instant when, String orderId, int line, String product, int quantity) {
    return journal
        .event(action, when)
        .setObjectId(product)
        .setOrderId(orderId)
        .setOrderLine(line)
        .setQuantity(quantity)
        .setMinorUnits(quantity * price(product))
        .setCurrency(CURRENCY)
        .build();
  }

  /** Catalogues without prices get one that is stable for the product. */
  private static long price(String product) {
    return (long) CHEAPEST_MINOR_UNITS
        + Math.floorMod(product.hashCode(), PRICE_SPREAD_MINOR_UNITS);
  }

  /** At least a millisecond, so that what follows is later. */
  private Duration pause(Duration mean) {
    return Duration.ofMillis(1 + Math.round(mean.toMillis() * random.nextExponential()));
  }
}
