package io.searchloop.app.fleet;

import java.util.Map;
import java.util.TreeMap;

/** Settings of fleets. */
final class ShopSettings {
  /** One worker whose arms are mostly the policy's, as in a shop. */
  private static final Map<String, String> STEADY =
      Map.of(
          "attribution.parallelism", "1",
          "assembly.parallelism", "1",
          "reward.short-window", "PT10S",
          "reward.long-window", "PT5M",
          "serving.holdout-share", "0.05",
          "serving.reference-share", "0.05",
          "shoppers.searches-per-second", "20",
          "shoppers.threads", "8");

  /** A shop whose windows close while one waits, and a policy that trains in a minute. */
  private static final Map<String, String> HURRIED =
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

  private ShopSettings() {}

  /**
   * Of a shop as shops are.
   *
   * @param seed of the shop, its shoppers and its warm start
   * @param given settings of the loop, above ours
   */
  static Map<String, String> steady(long seed, Map<String, String> given) {
    return with(STEADY, seed, given);
  }

  /** Of a shop in which everything happens within minutes. */
  static Map<String, String> hurried(long seed, Map<String, String> given) {
    return with(HURRIED, seed, given);
  }

  private static Map<String, String> with(
      Map<String, String> shop, long seed, Map<String, String> given) {
    Map<String, String> settings = new TreeMap<>(shop);
    settings.put("marketplace.seed", Long.toString(seed));
    settings.put("shoppers.seed", Long.toString(seed));
    settings.put("trainer.warm-start.seed", Long.toString(seed));
    settings.putAll(given);
    return settings;
  }
}
