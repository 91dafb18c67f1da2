package io.searchloop.app.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A long run and the rush at its end.
 *
 * @param warmUp shopping before figures count: compilers, caches and heaps settle
 * @param duration shopping that is judged
 * @param interval between two looks at everything
 * @param rate searches a second of the shoppers
 * @param times how much of that rate comes besides in the rush; 0 for none
 * @param rush how long the rush lasts
 * @param retention of expiring topics, and of what the minibatch job remembers, short enough to be
 *     reached within the run
 * @param seed of the shop and its shoppers
 * @param given settings of the loop, above ours
 */
public record SoakPlan(
    Duration warmUp,
    Duration duration,
    Duration interval,
    double rate,
    int times,
    Duration rush,
    Duration retention,
    long seed,
    Map<String, String> given) {
  public SoakPlan {
    given = new TreeMap<>(given);
    if (warmUp.isNegative() || duration.compareTo(interval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "warm-up %s and duration %s, expected the first not below zero, the second twice %s at least"
              .formatted(warmUp, duration, interval));
    }
    if (!(rate > 0) || times < 0) {
      throw new IllegalArgumentException(
          "rate %s and rush of %d times as much, expected the first above, the second not below zero"
              .formatted(rate, times));
    }
  }

  /** Settings of the loop. */
  Map<String, String> settings() {
    Map<String, String> more = new TreeMap<>();
    more.put("shoppers.searches-per-second", Double.toString(rate));
    more.put("flink.checkpoint-interval", "PT5S");
    more.put("assembly.max-age", retention.toString());
    more.putAll(given);
    return ShopSettings.steady(seed, more);
  }
}
