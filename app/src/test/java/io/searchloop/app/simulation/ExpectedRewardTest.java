package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedRewardTest {
  private static final ShopperConfig CONFIG = ShopperConfigs.with();
  private static final RewardConfig PRICES = RewardConfig.newBuilder().build();
  private static final JudgedQuery QUERY =
      new JudgedQuery("q", "anything", 1, Map.of("a", 3.0, "c", 2.0, "d", 1.0));
  private static final int VISITORS = 60_000;

  private final ExpectedReward expected = new ExpectedReward(GradeScale.FROM_ZERO, CONFIG, PRICES);

  @Test
  void aPerfectProductOnTopEarnsTheFigureByHand() {
    assertThat(expected.of(QUERY, List.of("a"))).isCloseTo(2.05, within(1e-9));
  }

  @Test
  void anEmptyPageEarnsNothing() {
    assertThat(expected.of(QUERY, List.of())).isZero();
  }

  @Test
  void theBestPageRanksByAppeal() {
    assertThat(expected.ofBest(QUERY, 2, sold -> true))
        .isEqualTo(expected.of(QUERY, List.of("a", "c")));
    assertThat(expected.ofBest(QUERY, 2, sold -> true))
        .isGreaterThan(expected.of(QUERY, List.of("c", "a")));
    assertThat(expected.ofBest(QUERY, 9, sold -> true))
        .isEqualTo(expected.of(QUERY, List.of("a", "c", "d")));
  }

  @Test
  void whatIsNoLongerSoldIsOnNoPage() {
    assertThat(expected.ofBest(QUERY, 2, product -> !product.equals("a")))
        .isEqualTo(expected.of(QUERY, List.of("c", "d")));
  }

  /** Five standard errors, of a reward whose deviation is below 6. */
  @Test
  void visitorsEarnItOnAverage() {
    List<String> page = List.of("x", "c", "a", "d", "y");
    SearchPage shown = new SearchPage("q1", "", -1, page);
    double earned = 0;
    for (int i = 0; i < VISITORS; i++) {
      SimulatedVisitor visitor =
          new SimulatedVisitor("v" + i, GradeScale.FROM_ZERO, CONFIG, new SplittableRandom(i));
      earned +=
          visitor.react(QUERY, shown, Instant.EPOCH).stream()
              .mapToDouble(ExpectedRewardTest::price)
              .sum();
    }

    assertThat(earned / VISITORS)
        .isCloseTo(expected.of(QUERY, page), within(5 * 6 / Math.sqrt(VISITORS)));
  }

  private static double price(SearchEvent event) {
    return switch (event.getActionName()) {
      case "click" -> PRICES.getClick();
      case "add_to_cart" -> PRICES.getAddToCart();
      case "purchase" -> PRICES.getPurchase();
      case "refund" -> -PRICES.getPurchase();
      default -> 0;
    };
  }
}
