package io.searchloop.app.launcher;

import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.config.Setting;
import java.time.Duration;
import java.time.Instant;

/**
 * What outcomes are worth. Windows are demonstration time: seconds stand for the hours and days of
 * a real shop.
 *
 * @param click reward of the first click on a product
 * @param addToCart reward of its first add-to-cart
 * @param purchase reward of a purchased order line
 * @param shortWindow W1, from impression to base tuple
 * @param longWindow W2, from impression to the last correction
 * @param lateness allowed lateness behind the watermark
 */
public record RewardSettings(
    @Setting(value = "1", help = "reward of the first click on a product") double click,
    @Setting(value = "3", help = "reward of its first add-to-cart") double addToCart,
    @Setting(value = "10", help = "reward of a purchased order line") double purchase,
    @Setting(value = "PT8S", help = "W1: from impression to the base tuple") Duration shortWindow,
    @Setting(value = "PT60S", help = "W2: from impression to the last correction")
        Duration longWindow,
    @Setting(value = "PT2S", help = "allowed lateness behind the watermark") Duration lateness,
    @Setting(
            value = "0",
            help = "products clicked in one search that condemn a visitor; 0 for never")
        int clickAllProducts) {
  public RewardSettings {
    if (shortWindow.isNegative() || shortWindow.compareTo(longWindow) > 0) {
      throw new IllegalArgumentException(
          "short-window is "
              + shortWindow
              + " and long-window "
              + longWindow
              + ", expected the short one not to exceed the long one");
    }
  }

  /** The record for {@code learning.reward-config.v1}. */
  public RewardConfig toRecord() {
    return RewardConfig.newBuilder()
        .setName("default")
        .setEffectiveFrom(Instant.EPOCH)
        .setClick(click)
        .setAddToCart(addToCart)
        .setPurchase(purchase)
        .setShortWindowMs(shortWindow.toMillis())
        .setLongWindowMs(longWindow.toMillis())
        .setLatenessMs(lateness.toMillis())
        .setClickAllProducts(clickAllProducts)
        .build();
  }
}
