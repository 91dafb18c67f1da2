package io.searchloop.app.replay;

import static io.searchloop.app.replay.PastDirectory.orderLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.PastEvents;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderLogTest {
  private static final List<String> LINES =
      List.of(
          orderLine(1, "purchase", "100", "ann", "m", 6, "05 10:00"),
          orderLine(2, "purchase", "100", "ann", "m", 2, "05 10:00"),
          orderLine(3, "purchase", "100", "ann", "l", 1, "05 10:00"),
          orderLine(4, "purchase", "101", "", "l", 1, "05 11:00"),
          orderLine(5, "cancellation", "C102", "ann", "m", -1, "06 10:00"),
          orderLine(6, "cancellation", "C102", "ann", "l", -1, "06 10:00"),
          orderLine(7, "cancellation", "C103", "bob", "l", -1, "06 11:00"),
          orderLine(8, "cancellation", "C104", "ann", "l", -4, "06 12:00"),
          orderLine(9, "cancellation", "C105", "", "l", -4, "06 12:00"),
          orderLine(10, "adjustment", "106", "", "l", 4, "06 12:00"));

  @TempDir Path directory;

  @Test
  void countsEveryLineByWhatBecameOfIt() {
    assertThat(replay(new RecordingOutlet()))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("lines", 10L),
                Map.entry("purchases", 3L),
                Map.entry("searches", 2L),
                Map.entry("clicks_on_the_page", 2L),
                Map.entry("purchases_without_customer", 1L),
                Map.entry("cancellations_of_a_part", 1L),
                Map.entry("cancellations_of_the_whole", 1L),
                Map.entry("cancellations_without_purchase", 1L),
                Map.entry("cancellations_of_more_than_the_last_purchase", 1L),
                Map.entry("cancellations_without_customer", 1L),
                Map.entry("adjustments", 1L)));
  }

  @Test
  void searchesForEachProductOfAnOrderOnceShortlyBefore() {
    RecordingOutlet sent = new RecordingOutlet();
    replay(sent);

    assertThat(sent.times).isSorted();
    assertThat(sent.decisions).hasSize(2);
    assertThat(sent.decisions.get(0).getQuery()).isEqualTo("red mug");
    assertThat(sent.decisions.get(0).getTimestamp())
        .isEqualTo(Instant.parse("2011-01-05T09:59:00Z"));
    assertThat(sent.events("click"))
        .extracting(SearchEvent::getTimestamp)
        .containsOnly(Instant.parse("2011-01-05T09:59:30Z"));
  }

  @Test
  void pricesPurchasesInPenceAndLeavesTheSearchToAttribution() {
    RecordingOutlet sent = new RecordingOutlet();
    replay(sent);

    SearchEvent first = sent.events("purchase").get(0);
    assertThat(first.getQueryId()).isEmpty();
    assertThat(first.getOrderId()).isEqualTo("100");
    assertThat(first.getOrderLine()).isEqualTo(1);
    assertThat(first.getQuantity()).isEqualTo(6);
    // 6 * 2.55 pounds
    assertThat(first.getMinorUnits()).isEqualTo(1530);
    assertThat(first.getCurrency()).isEqualTo("GBP");
  }

  @Test
  void returnsUnitsOfTheCustomersLastPurchaseOfTheProduct() {
    RecordingOutlet sent = new RecordingOutlet();
    replay(sent);

    List<SearchEvent> refunds = sent.events("refund");
    assertThat(refunds)
        .extracting(SearchEvent::getOrderId)
        .containsExactly("100", "100", "C103", "100");
    assertThat(refunds).extracting(SearchEvent::getOrderLine).containsExactly(2, 3, 1, 3);
    assertThat(refunds).extracting(SearchEvent::getQuantity).containsExactly(1, 1, 1, 4);
  }

  private Map<String, Long> replay(RecordingOutlet sent) {
    PastEvents log = PastEvents.in(PastDirectory.write(directory, LINES));
    OrderLog shop = new OrderLog();
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(log.products().values(), 1, Bm25.DEFAULT)) {
      return shop.replay(
          log,
          Long.MAX_VALUE,
          new ReconstructedSearches(engine, 10, false),
          new EventTimeOrder(sent, shop.horizon()));
    }
  }
}
