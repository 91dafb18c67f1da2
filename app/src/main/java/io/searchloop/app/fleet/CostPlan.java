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
    return ShopSettings.steady(seed, given);
  }
}
