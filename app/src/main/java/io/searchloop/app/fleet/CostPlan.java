package io.searchloop.app.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured for how long.
 *
 * @param warmUp shopping before figures count, so that compilers have done their work
 * @param duration shopping that counts
 * @param seed of the shop and its shoppers
 * @param given settings of the loop, above the demo's
 */
public record CostPlan(Duration warmUp, Duration duration, long seed, Map<String, String> given) {
  /** One worker whose arms are mostly the policy's, as in a shop. */
  private static final Map<String, String> SHOP =
      Map.of(
          "attribution.parallelism", "1",
          "assembly.parallelism", "1",
          "reward.short-window", "PT10S",
          "reward.long-window", "PT5M",
          "serving.holdout-share", "0.05",
          "serving.reference-share", "0.05",
          "shoppers.searches-per-second", "20",
          "shoppers.threads", "8");

  public CostPlan {
    given = new TreeMap<>(given);
    if (warmUp.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "warm-up %s and duration %s, expected the first not below, the second above zero"
              .formatted(warmUp, duration));
    }
  }

  /** Settings of the loop. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(SHOP);
    settings.put("marketplace.seed", Long.toString(seed));
    settings.put("shoppers.seed", Long.toString(seed));
    settings.put("trainer.warm-start.seed", Long.toString(seed));
    settings.putAll(given);
    return settings;
  }
}
