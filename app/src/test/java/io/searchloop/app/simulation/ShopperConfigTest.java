package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShopperConfigTest {
  @Test
  void hasDefaults() {
    assertThat(ConfigBinder.defaults(ShopperConfig.class))
        .isEqualTo(
            new ShopperConfig(
                20,
                11,
                250,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                .7,
                .02,
                .5,
                .4,
                .5,
                .05,
                .02,
                .1,
                Duration.ofSeconds(1),
                0,
                Duration.ofMillis(100)));
  }

  @Test
  void readsEveryKey() {
    ShopperConfig config =
        ShopperConfigs.with(
            "searches-per-second", "100",
            "seed", "5",
            "queries", "30",
            "threads", "2",
            "think-time", "PT2S",
            "purchase-delay", "PT3S",
            "refund-delay", "PT4S",
            "examination-decay", "1",
            "click-floor", "0.01",
            "click-perfect", "0.6",
            "cart-share", "0.3",
            "purchase-share", "0.2",
            "refund-share", "0.1",
            "duplicate-share", "0.05",
            "shuffle-share", "0.15",
            "shuffle-delay", "PT0.5S",
            "robot-share", "0.1",
            "flush-interval", "PT0.2S");

    assertThat(config)
        .isEqualTo(
            new ShopperConfig(
                100,
                5,
                30,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                1,
                .01,
                .6,
                .3,
                .2,
                .1,
                .05,
                .15,
                Duration.ofMillis(500),
                .1,
                Duration.ofMillis(200)));
  }

  @Test
  void namesTheShareThatIsOutOfRange() {
    assertThatThrownBy(() -> ShopperConfigs.with("refund-share", "1.5"))
        .hasMessageContaining("refund-share is 1.5, expected 0 to 1");
  }

  @Test
  void refusesFloorAbovePerfect() {
    assertThatThrownBy(() -> ShopperConfigs.with("click-floor", "0.9"))
        .hasMessageContaining("click-floor exceeds click-perfect");
  }
}
