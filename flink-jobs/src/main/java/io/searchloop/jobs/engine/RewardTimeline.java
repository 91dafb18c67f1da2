package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.learning.reward.engine.RewardModel;
import io.searchloop.schemas.RewardConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which reward configuration is in force when: the one with the greatest {@code effective_from}
 * that is not later, before the first one the first. Immutable.
 */
final class RewardTimeline {
  /**
   * A configuration and the model it makes.
   *
   * @param config the configuration
   * @param model the engine reward with its weights
   */
  record Prices(RewardConfig config, RewardModel model) {}

  private final TreeMap<Instant, Prices> prices = new TreeMap<>();

  RewardTimeline(List<RewardConfig> configs, EngineReward reward) {
    for (RewardConfig config : configs) {
      Prices earlier =
          prices.put(config.getEffectiveFrom(), new Prices(config, reward.weighted(config)));
      if (earlier != null && !earlier.config().equals(config)) {
        throw new IllegalArgumentException(
            "Reward configurations %s and %s both take effect at %s, expected one. Date them apart."
                .formatted(
                    earlier.config().getName(), config.getName(), config.getEffectiveFrom()));
      }
    }
    if (prices.isEmpty()) {
      throw new IllegalArgumentException(
          "No reward configuration, expected at least one. Pass the one in force.");
    }
  }

  /** Prices in force at an instant of event time. */
  Prices at(Instant time) {
    Map.Entry<Instant, Prices> inForce = prices.floorEntry(time);
    return inForce == null ? prices.firstEntry().getValue() : inForce.getValue();
  }
}
