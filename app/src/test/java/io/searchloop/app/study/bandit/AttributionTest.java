package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.simulation.SearchPage;
import io.searchloop.app.study.bandit.Attribution.Payment;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributionTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final List<String> PAGE = IntStream.range(0, 10).mapToObj(i -> "p" + i).toList();

  private final List<SearchEvent> events = new ArrayList<>();

  private AttributionTest event(String action, Duration after) {
    events.add(
        SearchEvent.newBuilder()
            .setEventId(action + events.size())
            .setQueryId(action.equals("impression") || action.equals("click") ? "s1" : "")
            .setClientId("v")
            .setActionName(action)
            .setObjectId(action.equals("impression") ? "" : "p1")
            .setPage(action.equals("impression") ? PAGE : List.of())
            .setOrderId(action.equals("purchase") || action.equals("refund") ? "o1" : "")
            .setOrderLine(action.equals("purchase") || action.equals("refund") ? 1 : 0)
            .setQuantity(action.equals("purchase") || action.equals("refund") ? 1 : 0)
            .setTimestamp(NOON.plus(after))
            .build());
    return this;
  }

  private List<Payment> paid(RewardConfig config) {
    return new Attribution(config).pay(List.of(Attribution.decision("s1", "v", NOON)), events);
  }

  @Test
  void paysClicksAndCartsAfterTheWindowAndTheRestAsItHappens() {
    event("impression", Duration.ZERO)
        .event("click", Duration.ofSeconds(20))
        .event("add_to_cart", Duration.ofSeconds(40))
        .event("purchase", Duration.ofHours(1))
        .event("refund", Duration.ofHours(20));

    assertThat(paid(BanditPlan.prices()))
        .containsExactly(
            new Payment("s1", 0, 4, NOON.plus(WINDOW)),
            new Payment("s1", 1, 10, NOON.plus(Duration.ofHours(1))),
            new Payment("s1", 2, -10, NOON.plus(Duration.ofHours(20))));
  }

  @Test
  void aSearchWithoutClicksEarnsZeroAndIsStillKnown() {
    event("impression", Duration.ZERO);

    assertThat(paid(BanditPlan.prices()))
        .containsExactly(new Payment("s1", 0, 0, NOON.plus(WINDOW)));
  }

  @Test
  void trustRulesTellNothingOfARobotThatClicksAll() {
    SearchPage page = new SearchPage("s1", "", -1, PAGE);
    events.addAll(VisitorKind.CLICKS_ALL.react("v", page, NOON, new SplittableRandom(1)));

    assertThat(paid(BanditPlan.prices()))
        .containsExactly(new Payment("s1", 0, 10, NOON.plus(WINDOW)));
    assertThat(paid(BanditPlan.trusted())).isEmpty();
  }
}
