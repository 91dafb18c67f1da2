package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.launcher.RewardSettings;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageWorthTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
  private static final JudgedQuery SOFA =
      new JudgedQuery("q1", "sofa", 1, Map.of("good", 3.0, "fair", 2.0, "bad", 0.0));
  private static final List<String> PAGE = List.of("fair", "unknown", "good", "bad");
  private static final ShopperConfig SHOPPERS = ShopperConfigs.with();
  private static final RewardConfig PRICES = ConfigBinder.defaults(RewardSettings.class).toRecord();
  private static final PageWorth WORTH = new PageWorth(GradeScale.FROM_ZERO, SHOPPERS, PRICES);

  @Test
  void aPerfectProductAtTheFirstPlaceIsWorthItsWholeFunnel() {
    assertThat(WORTH.of(List.of("good"), SOFA)).isCloseTo(2.05, within(1e-12));
    assertThat(WORTH.of(List.of(), SOFA)).isZero();
  }

  @Test
  void isTheMeanOfWhatShoppersDo() {
    SplittableRandom random = new SplittableRandom(5);
    ClickModel clicks = new ClickModel(GradeScale.FROM_ZERO, SHOPPERS);
    FakeStorefront shop = new FakeStorefront(text -> PAGE);
    int shoppers = 40_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < shoppers; i++) {
      double earned =
          new Shopper("v" + i, clicks, SHOPPERS, random.split())
              .search(SOFA, shop, NOON).stream().mapToDouble(PageWorthTest::earned).sum();
      sum += earned;
      squares += earned * earned;
    }
    double mean = sum / shoppers;
    double error = Math.sqrt((squares / shoppers - mean * mean) / shoppers);

    assertThat(WORTH.of(PAGE, SOFA)).isCloseTo(mean, within(4 * error));
  }

  @Test
  void theBestPageRanksByAppeal() {
    assertThat(WORTH.best(SOFA, 2)).isEqualTo(WORTH.of(List.of("good", "fair"), SOFA));
    assertThat(WORTH.best(SOFA, 2)).isGreaterThan(WORTH.of(List.of("fair", "good"), SOFA));
  }

  private static double earned(SearchEvent event) {
    return switch (event.getActionName()) {
      case "click" -> PRICES.getClick();
      case "add_to_cart" -> PRICES.getAddToCart();
      case "purchase" -> PRICES.getPurchase();
      case "refund" -> -PRICES.getPurchase();
      default -> 0;
    };
  }
}
