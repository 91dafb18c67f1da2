package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopperTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final JudgedQuery SOFA =
      new JudgedQuery("q1", "sofa", 1, Map.of("good", 3.0, "bad", 0.0));
  private static final ShopperConfig EAGER =
      ShopperConfigs.with(
          "click-perfect", "1",
          "click-floor", "0",
          "cart-share", "1",
          "purchase-share", "1",
          "refund-share", "1");

  private final FakeStorefront shop = new FakeStorefront(text -> List.of("good", "bad", "other"));

  @Test
  void walksTheWholeFunnelInOrderOfTime() {
    List<SearchEvent> events = search(shopper(EAGER));

    assertThat(events)
        .extracting(SearchEvent::getActionName)
        .containsExactly("query", "impression", "click", "add_to_cart", "purchase", "refund");
    assertThat(events).extracting(SearchEvent::getTimestamp).isSorted();
    assertThat(events.get(0).getTimestamp()).isEqualTo(NOON);
    assertThat(events.get(0).getUserQuery()).isEqualTo("sofa");
    assertThat(events.get(1).getPage()).containsExactly("good", "bad", "other");
    assertThat(events.get(2).getPositionOrdinal()).isEqualTo(1);
    assertThat(events).extracting(SearchEvent::getClientId).containsOnly("v1");
  }

  @Test
  void namesTheQueryOnlyUpToTheClick() {
    assertThat(search(shopper(EAGER)))
        .extracting(SearchEvent::getQueryId)
        .containsExactly("q1", "q1", "q1", "", "", "");
  }

  @Test
  void returnsTheVeryLineItBought() {
    Map<String, SearchEvent> byAction =
        search(shopper(EAGER)).stream()
            .collect(Collectors.toMap(SearchEvent::getActionName, event -> event));
    SearchEvent purchase = byAction.get("purchase");
    SearchEvent refund = byAction.get("refund");

    assertThat(purchase.getOrderId()).isNotEmpty();
    assertThat(purchase.getOrderLine()).isEqualTo(1);
    assertThat(purchase.getQuantity()).isBetween(1, 3);
    assertThat(purchase.getMinorUnits()).isPositive();
    assertThat(purchase.getMinorUnits() % purchase.getQuantity()).isZero();
    assertThat(purchase.getCurrency()).isEqualTo("EUR");
    assertThat(refund.getOrderId()).isEqualTo(purchase.getOrderId());
    assertThat(refund.getOrderLine()).isEqualTo(purchase.getOrderLine());
    assertThat(refund.getMinorUnits()).isEqualTo(purchase.getMinorUnits());
    assertThat(refund.getTimestamp()).isAfter(purchase.getTimestamp());
  }

  @Test
  void onlyLooksWhenNothingIsShown() {
    FakeStorefront empty = new FakeStorefront(text -> List.of());

    assertThat(shopper(EAGER).search(SOFA, empty, InstantSource.fixed(NOON)))
        .extracting(SearchEvent::getActionName)
        .containsExactly("query", "impression");
  }

  @Test
  void neverCartsWhatDoesNotFit() {
    ShopperConfig clicksAll = ShopperConfigs.with("click-floor", "0.5", "cart-share", "1");
    Shopper shopper = shopper(clicksAll);
    List<SearchEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.addAll(search(shopper));
    }

    assertThat(events)
        .filteredOn(event -> event.getActionName().equals("click"))
        .extracting(SearchEvent::getObjectId)
        .contains("bad", "other");
    assertThat(events)
        .filteredOn(event -> event.getActionName().equals("add_to_cart"))
        .isNotEmpty()
        .extracting(SearchEvent::getObjectId)
        .containsOnly("good");
  }

  @Test
  void givesEveryEventItsOwnId() {
    Shopper shopper = shopper(EAGER);
    List<SearchEvent> events = new ArrayList<>(search(shopper));
    events.addAll(search(shopper));

    assertThat(events).extracting(SearchEvent::getEventId).doesNotHaveDuplicates();
    assertThat(events)
        .filteredOn(event -> event.getActionName().equals("purchase"))
        .extracting(SearchEvent::getOrderId)
        .doesNotHaveDuplicates();
  }

  private List<SearchEvent> search(Shopper shopper) {
    return shopper.search(SOFA, shop, InstantSource.fixed(NOON));
  }

  private static Shopper shopper(ShopperConfig config) {
    return new Shopper(
        "v1", new ClickModel(GradeScale.FROM_ZERO, config), config, new SplittableRandom(1));
  }
}
