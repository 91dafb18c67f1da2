package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.learning.reward.engine.RewardModel;
import io.searchloop.schemas.RewardConfig;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The engine reward under the configuration in force. Immutable. */
final class EnginePrices {
  /**
   * A configuration and the model it makes.
   *
   * @param config the configuration
   * @param model the engine reward with its weights
   */
  record Prices(RewardConfig config, RewardModel model) {}

  private final RewardSchedule schedule;
  private final Map<Instant, Prices> prices = new HashMap<>();

  EnginePrices(List<RewardConfig> configs, EngineReward reward) {
    schedule = new RewardSchedule(configs);
    configs.forEach(
        config ->
            prices.put(config.getEffectiveFrom(), new Prices(config, reward.weighted(config))));
  }

  /** Prices in force at an instant of event time. */
  Prices at(Instant time) {
    RewardConfig config = schedule.at(time.toEpochMilli());
    return Objects.requireNonNull(prices.get(config.getEffectiveFrom()));
  }
}
