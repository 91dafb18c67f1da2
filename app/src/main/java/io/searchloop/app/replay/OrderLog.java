package io.searchloop.app.replay;

import io.searchloop.app.dataset.PastEvents;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.search.engine.Product;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log of order lines, sorted by time: purchases and cancellations, no searches. Each (customer,
 * order, product) is given a search for the product's title and a click on it, shortly before, so
 * that the purchase can be attributed; the purchase names no search and goes to the one that
 * touched the product last. A cancellation returns units of the customer's last purchase of the
 * product.
 */
final class OrderLog implements PastShop {
  private static final Duration SEARCH_BEFORE_ORDER = Duration.ofSeconds(60);
  private static final Duration CLICK_BEFORE_ORDER = Duration.ofSeconds(30);
  private static final Duration HORIZON = Duration.ofMinutes(2);

  /** A customer and a product. */
  private record Interest(String user, String product) {}

  /** Where a purchase stands. */
  private record Bought(String order, int line, int quantity) {}

  @Override
  public String label() {
    return "Purchases and cancellations are real; the log has no searches, so before each"
        + " customer's order of a product a search for its title and a click on it are"
        + " reconstructed.";
  }

  @Override
  public Map<String, String> defaults() {
    return Map.of(
        "reward.short-window", "PT30M",
        "reward.long-window", "P90D",
        "assembly.group-timeout", "P7D",
        "assembly.max-age", "P30D");
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public Map<String, Long> replay(
      PastEvents log, long limit, ReconstructedSearches searches, EventTimeOrder records) {
    Reading reading = new Reading(log, searches, records);
    log.forEach(limit, line -> reading.read(OrderLine.of(line)));
    records.finish();
    return reading.tally.counts();
  }

  /** One pass over the log. */
  private static final class Reading {
    private final PastEvents log;
    private final ReconstructedSearches searches;
    private final EventTimeOrder records;
    private final Tally tally = new Tally();
    private final Map<String, Integer> linesOfOrder = new HashMap<>();
    private final Set<String> searched = new HashSet<>();
    private final Map<Interest, Bought> lastBought = new HashMap<>();

    Reading(PastEvents log, ReconstructedSearches searches, EventTimeOrder records) {
      this.log = log;
      this.searches = searches;
      this.records = records;
    }

    void read(Optional<OrderLine> parsed) {
      tally.add("lines");
      if (parsed.isEmpty()) {
        tally.add("unusable_lines");
        return;
      }
      OrderLine line = parsed.get();
      int number = linesOfOrder.merge(line.order(), 1, Integer::sum);
      records.advance(line.time());
      if (!line.isPurchase() && !line.isCancellation()) {
        tally.add("adjustments");
      } else if (line.user().isEmpty()) {
        tally.add(line.type() + "s_without_customer");
      } else if (line.isPurchase()) {
        purchase(line, number);
      } else {
        cancel(line, number);
      }
    }

    private void purchase(OrderLine line, int number) {
      tally.add("purchases");
      searchOnce(line);
      records.accept(
          event(line, "purchase", line.order(), number).setEventId(id(line, "purchase")).build());
      lastBought.put(
          new Interest(line.user(), line.product()),
          new Bought(line.order(), number, line.quantity()));
    }

    /** Several lines of one order may name a product; they share the search. */
    private void searchOnce(OrderLine line) {
      if (!searched.add(line.user() + '\n' + line.order() + '\n' + line.product())) {
        return;
      }
      tally.add("searches");
      Product product = log.products().get(line.product());
      String query = product == null ? line.product() : product.title();
      Decision decision =
          searches.decision(
              id(line, "search"), line.user(), query, line.time().minus(SEARCH_BEFORE_ORDER));
      int position = ReconstructedSearches.position(decision, line.product());
      tally.add(position > 0 ? "clicks_on_the_page" : "clicks_beyond_the_page");
      records.accept(decision);
      records.accept(searches.impression(decision));
      records.accept(
          SearchEvent.newBuilder()
              .setEventId(id(line, "click"))
              .setQueryId(decision.getQueryId())
              .setClientId(line.user())
              .setActionName("click")
              .setTimestamp(line.time().minus(CLICK_BEFORE_ORDER))
              .setObjectId(line.product())
              .setPositionOrdinal(position)
              .build());
    }

    private void cancel(OrderLine line, int number) {
      Bought bought = lastBought.get(new Interest(line.user(), line.product()));
      tally.add(outcome(line, bought));
      SearchEvent.Builder refund =
          bought == null
              ? event(line, "refund", line.order(), number)
              : event(line, "refund", bought.order(), bought.line());
      records.accept(refund.setEventId(id(line, "refund")).build());
    }

    private String outcome(OrderLine line, @Nullable Bought bought) {
      if (bought == null) {
        return "cancellations_without_purchase";
      }
      if (line.quantity() > bought.quantity()) {
        return "cancellations_of_more_than_the_last_purchase";
      }
      return line.quantity() < bought.quantity()
          ? "cancellations_of_a_part"
          : "cancellations_of_the_whole";
    }

    private SearchEvent.Builder event(OrderLine line, String action, String order, int number) {
      return SearchEvent.newBuilder()
          .setClientId(line.user())
          .setActionName(action)
          .setTimestamp(line.time())
          .setObjectId(line.product())
          .setOrderId(order)
          .setOrderLine(number)
          .setQuantity(line.quantity())
          .setMinorUnits(line.minorUnits())
          .setCurrency(OrderLine.CURRENCY);
    }

    private String id(OrderLine line, String what) {
      return log.name() + "/" + what + "/" + line.id();
    }
  }
}
