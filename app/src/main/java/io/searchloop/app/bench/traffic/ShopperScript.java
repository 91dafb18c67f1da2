package io.searchloop.app.bench.traffic;

import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;

/**
 * What one search leaves on the topics: a decision, the query, the page, none to three clicks, and
 * of those some carts, purchases and refunds; about four and a half records. A tenth of the clicks
 * and half of the purchases come after the short window, so that corrections are written too. One
 * shopper in a thousand is none and clicks everything.
 */
final class ShopperScript {
  private static final double[] AT_MOST_CLICKS = {.45, .80, .95, 1};
  private static final double LATE_CLICKS = .1;
  private static final double CARTS = .3;
  private static final double PURCHASES = .35;
  private static final double LATE_PURCHASES = .5;
  private static final double REMOVALS = .1;
  private static final double REFUNDS = .15;
  private static final double DUPLICATES = .01;
  private static final double ROBOTS = .001;
  private static final int ROBOT_READS_MS = 20;

  private static final int SLOWEST_ARRIVAL_MS = 300;
  private static final int SLOWEST_PAGE_MS = 50;

  private final RandomGenerator random;
  private final long shortWindowMs;
  private final TrafficDecisions decisions;
  private long records;

  ShopperScript(RandomGenerator random, Duration shortWindow) {
    this.random = random;
    this.shortWindowMs = shortWindow.toMillis();
    this.decisions = new TrafficDecisions(random);
  }

  /**
   * Plays one search.
   *
   * @param time when it is made, epoch milliseconds
   * @param onlyShown whether the shopper leaves without a trace after seeing the page
   * @param out takes the records, in no order
   */
  void play(long time, String visitor, boolean onlyShown, Consumer<TrafficRecord> out) {
    String queryId = id();
    var decision = decisions.decide(queryId, visitor, Instant.ofEpochMilli(time));
    send(time, visitor, decision, out);
    long shown = time + 1 + random.nextLong(SLOWEST_PAGE_MS);
    SearchEvent.Builder page =
        event("impression", queryId, visitor, shown).setPage(decision.getPage());
    send(shown, visitor, page.build(), out);
    if (onlyShown) {
      return;
    }
    SearchEvent.Builder query =
        event("query", queryId, visitor, time).setUserQuery(decision.getQuery());
    send(time, visitor, query.build(), out);
    if (random.nextDouble() < ROBOTS) {
      clickEverything(queryId, visitor, shown, decision.getPage(), out);
      return;
    }
    int clicks = clicks();
    for (int i = 0; i < clicks; i++) {
      click(queryId, visitor, shown, decision.getPage(), out);
    }
  }

  /** Trips the rules of trust: all products within a blink. */
  private void clickEverything(
      String queryId, String visitor, long shown, List<String> page, Consumer<TrafficRecord> out) {
    for (int i = 0; i < page.size(); i++) {
      long clicked = shown + ROBOT_READS_MS + i;
      SearchEvent.Builder click =
          event("click", queryId, visitor, clicked)
              .setObjectId(page.get(i))
              .setPositionOrdinal(i + 1);
      send(clicked, visitor, click.build(), out);
    }
  }

  private void click(
      String queryId, String visitor, long shown, List<String> page, Consumer<TrafficRecord> out) {
    int position = random.nextInt(page.size());
    String product = page.get(position);
    long clicked =
        random.nextDouble() < LATE_CLICKS ? after(shown, 1.0, 1.2) : after(shown, .1, .8);
    SearchEvent.Builder click =
        event("click", queryId, visitor, clicked)
            .setObjectId(product)
            .setPositionOrdinal(position + 1);
    send(clicked, visitor, click.build(), out);
    if (random.nextDouble() < CARTS) {
      long added = after(clicked, .01, .05);
      send(added, visitor, cart("add_to_cart", visitor, product, added), out);
      if (random.nextDouble() < PURCHASES) {
        purchase(visitor, shown, added, product, out);
      } else if (random.nextDouble() < REMOVALS) {
        long removed = after(added, .01, .05);
        send(removed, visitor, cart("remove_from_cart", visitor, product, removed), out);
      }
    }
  }

  private void purchase(
      String visitor, long shown, long added, String product, Consumer<TrafficRecord> out) {
    long bought =
        random.nextDouble() < LATE_PURCHASES ? after(shown, 1.5, 2.0) : after(added, .01, .05);
    String order = id();
    int quantity = 1 + random.nextInt(3);
    SearchEvent.Builder purchase =
        line("purchase", visitor, order, quantity, bought)
            .setObjectId(product)
            .setMinorUnits(quantity * (500L + random.nextInt(10_000)))
            .setCurrency("EUR");
    send(bought, visitor, purchase.build(), out);
    if (random.nextDouble() < REFUNDS) {
      long returned = after(shown, 2.1, 2.4);
      send(returned, visitor, line("refund", visitor, order, 1, returned).build(), out);
    }
  }

  private int clicks() {
    double draw = random.nextDouble();
    int clicks = 0;
    while (draw >= AT_MOST_CLICKS[clicks]) {
      clicks++;
    }
    return clicks;
  }

  /** Like the carts of many shops, this one does not say which search it came from. */
  private SearchEvent cart(String action, String visitor, String product, long time) {
    return event(action, "", visitor, time).setObjectId(product).setQuantity(1).build();
  }

  private SearchEvent.Builder line(
      String action, String visitor, String order, int quantity, long time) {
    return event(action, "", visitor, time).setOrderId(order).setOrderLine(1).setQuantity(quantity);
  }

  private SearchEvent.Builder event(String action, String queryId, String visitor, long time) {
    return SearchEvent.newBuilder()
        .setEventId(id())
        .setQueryId(queryId)
        .setClientId(visitor)
        .setSessionId(visitor)
        .setActionName(action)
        .setTimestamp(Instant.ofEpochMilli(time));
  }

  private void send(long time, String visitor, SpecificRecord value, Consumer<TrafficRecord> out) {
    long arrives = time + random.nextLong(SLOWEST_ARRIVAL_MS);
    out.accept(new TrafficRecord(arrives, records++, visitor, value));
    if (random.nextDouble() < DUPLICATES) {
      long again = arrives + random.nextLong(SLOWEST_ARRIVAL_MS);
      out.accept(new TrafficRecord(again, records++, visitor, value));
    }
  }

  /** A moment between two shares of the short window after another. */
  private long after(long time, double least, double most) {
    return time + (long) (shortWindowMs * (least + (most - least) * random.nextDouble()));
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
