package io.searchloop.app.bench.freshness;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is run for the figures of freshness.
 *
 * @param warmUp traffic before anything is noted
 * @param duration how long clicks are noted
 * @param settings settings of the loop, beyond the demo's
 */
public record FreshnessPlan(Duration warmUp, Duration duration, Map<String, String> settings) {
  /**
   * What was learned is released at once, with whatever has waited for the release before; a
   * release for each minibatch would let them queue. Shoppers' events arrive as they are made.
   */
  private static final Map<String, String> BENCH =
      Map.of(
          "health.promotion", "direct",
          "trainer.release-interval", "PT0.3S",
          "shoppers.shuffle-share", "0");

  public FreshnessPlan {
    if (warmUp.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "warm-up is %s and duration %s, expected zero or more, and more than zero."
              .formatted(warmUp, duration));
    }
    settings = new TreeMap<>(settings);
  }

  /** A plan with the benchmark's own settings beneath those given. */
  public static FreshnessPlan of(Duration warmUp, Duration duration, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(BENCH);
    all.putAll(settings);
    return new FreshnessPlan(warmUp, duration, all);
  }
}
