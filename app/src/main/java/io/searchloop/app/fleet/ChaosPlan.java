package io.searchloop.app.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long and how hard.
 *
 * @param duration from the first shopper until the last fault
 * @param seed of the shop, its shoppers and all faults
 * @param pace mean time between faults
 * @param workers that serve, two at least
 * @param given settings of the loop, above those of the plan
 */
public record ChaosPlan(
    Duration duration, long seed, Duration pace, int workers, Map<String, String> given) {
  public ChaosPlan {
    given = new TreeMap<>(given);
    if (duration.isNegative() || duration.isZero() || pace.isNegative() || pace.isZero()) {
      throw new IllegalArgumentException(
          "duration %s and pace %s, expected both above zero".formatted(duration, pace));
    }
    if (workers < 2) {
      throw new IllegalArgumentException(
          "workers is %d, expected 2 at least: one is always in trouble".formatted(workers));
    }
  }

  /** Settings of the loop. */
  Map<String, String> settings() {
    return ShopSettings.hurried(seed, given);
  }
}
