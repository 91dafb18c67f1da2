package io.searchloop.app.launcher;

import java.util.Map;
import java.util.TreeMap;

/** A shop and a policy small enough for tests, on ports of their own. */
public final class SmallShop {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("broker.port", "0"),
          Map.entry("broker.controller-port", "0"),
          Map.entry("registry.port", "0"),
          Map.entry("flink.port", "0"),
          Map.entry("flink.metrics.port", "0"),
          Map.entry("trainer.metrics.port", "0"),
          Map.entry("flink.checkpoint-interval", "PT0.5S"),
          Map.entry("serving.port", "0"),
          Map.entry("serving.holdout-share", "0.1"),
          Map.entry("serving.reference-share", "0.25"),
          Map.entry("attribution.parallelism", "1"),
          Map.entry("assembly.parallelism", "1"),
          Map.entry("assembly.groups-per-minibatch", "8"),
          Map.entry("reward.short-window", "PT2S"),
          Map.entry("reward.long-window", "PT10S"),
          Map.entry("reward.lateness", "PT1S"),
          // Rare large rewards would hide the difference behind luck.
          Map.entry("reward.add-to-cart", "1"),
          Map.entry("reward.purchase", "1"),
          Map.entry("shoppers.click-perfect", "0.9"),
          Map.entry("shoppers.click-floor", "0.005"),
          Map.entry("trainer.gate.min-validity", "0.5"),
          Map.entry("trainer.gate.min-sampled-validity", "0.1"),
          Map.entry("marketplace.products", "300"),
          Map.entry("marketplace.queries", "24"),
          Map.entry("marketplace.gap-share", "1"),
          Map.entry("marketplace.typo-share", "0"),
          Map.entry("shoppers.searches-per-second", "200"),
          Map.entry("shoppers.think-time", "PT0.1S"),
          Map.entry("shoppers.purchase-delay", "PT1S"),
          Map.entry("shoppers.refund-delay", "PT1S"),
          Map.entry("shoppers.shuffle-delay", "PT0.5S"),
          // Arms are compared: an answer that is late on a slow machine says nothing of its policy.
          Map.entry("serving.deadline", "PT10S"),
          Map.entry("trainer.learning-rate", "0.0006"),
          Map.entry("trainer.kl-weight", "0.1"),
          Map.entry("trainer.release-every", "4"),
          Map.entry("trainer.release-interval", "PT5S"),
          Map.entry("trainer.gate.max-kl", "10"),
          Map.entry("trainer.gate.max-length-ratio", "10"),
          Map.entry("trainer.gate.probes", "16"),
          Map.entry("trainer.warm-start.steps", "300"),
          Map.entry("trainer.warm-start.batch", "48"),
          Map.entry("trainer.warm-start.vocabulary", "700"),
          Map.entry("trainer.warm-start.width", "64"),
          Map.entry("trainer.warm-start.layers", "2"),
          Map.entry("trainer.warm-start.hidden", "176"));

  private SmallShop() {}

  static LoopSettings settings(int seed, Map<String, String> given) {
    return LoopSettings.of(values(seed, given), false);
  }

  /** The same settings as keys and values. */
  public static Map<String, String> values(int seed, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(SETTINGS);
    values.put("marketplace.seed", Integer.toString(seed));
    values.put("shoppers.seed", Integer.toString(seed));
    values.put("serving.random-seed", Integer.toString(seed));
    values.put("trainer.warm-start.seed", Integer.toString(seed));
    values.putAll(given);
    return values;
  }
}
