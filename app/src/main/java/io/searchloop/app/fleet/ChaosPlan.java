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
  /** A shop whose windows close while one waits, and a policy that trains in a minute. */
  private static final Map<String, String> SHOP =
      Map.ofEntries(
          Map.entry("attribution.parallelism", "1"),
          Map.entry("assembly.parallelism", "1"),
          Map.entry("assembly.groups-per-minibatch", "8"),
          Map.entry("flink.checkpoint-interval", "PT1S"),
          Map.entry("marketplace.products", "500"),
          Map.entry("marketplace.queries", "40"),
          Map.entry("reward.short-window", "PT4S"),
          Map.entry("reward.long-window", "PT30S"),
          Map.entry("serving.engine-only-share", "0.1"),
          Map.entry("serving.holdout-share", "0.2"),
          Map.entry("serving.multileave-share", "0.1"),
          Map.entry("serving.reference-share", "0.1"),
          Map.entry("shoppers.searches-per-second", "15"),
          Map.entry("shoppers.threads", "16"),
          Map.entry("trainer.export-precision", "bf16"),
          Map.entry("trainer.gate.max-kl", "10"),
          Map.entry("trainer.gate.min-sampled-validity", "0.1"),
          Map.entry("trainer.gate.min-validity", "0.5"),
          Map.entry("trainer.release-every", "4"),
          Map.entry("trainer.release-interval", "PT10S"),
          Map.entry("trainer.warm-start.steps", "400"),
          Map.entry("trainer.warm-start.vocabulary", "700"),
          Map.entry("trainer.warm-start.width", "64"),
          Map.entry("trainer.warm-start.layers", "2"),
          Map.entry("trainer.warm-start.hidden", "176"));

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
    Map<String, String> settings = new TreeMap<>(SHOP);
    settings.put("marketplace.seed", Long.toString(seed));
    settings.put("shoppers.seed", Long.toString(seed));
    settings.put("trainer.warm-start.seed", Long.toString(seed));
    settings.putAll(given);
    return settings;
  }
}
