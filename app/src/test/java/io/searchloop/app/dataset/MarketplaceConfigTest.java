package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketplaceConfigTest {
  @Test
  void hasDefaults() {
    assertThat(ConfigBinder.defaults(MarketplaceConfig.class))
        .isEqualTo(new MarketplaceConfig(3000, 250, .45, .25, 7));
  }

  @Test
  void readsEveryKey() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "marketplace.products", "500",
                "marketplace.queries", "60",
                "marketplace.gap-share", "0.5",
                "marketplace.typo-share", "0.1",
                "marketplace.seed", "99"));

    MarketplaceConfig config = binder.bind("marketplace", MarketplaceConfig.class);

    binder.finish();
    assertThat(config).isEqualTo(new MarketplaceConfig(500, 60, .5, .1, 99));
  }

  @Test
  void refusesSharesAboveOne() {
    assertThatThrownBy(() -> new MarketplaceConfig(3000, 250, .8, .3, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gap-share=0.8 and typo-share=0.3");
  }
}
