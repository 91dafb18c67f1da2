package io.searchloop.app.study;

import io.searchloop.app.launcher.LoopSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the online study runs: each scenario with each seed, one after another.
 *
 * @param seeds of shoppers, sampling and split at once
 * @param scenarios what happens
 * @param shopping how long shoppers come, warm start not counted
 * @param given settings of the loop beneath those of the scenarios
 */
public record OnlinePlan(
    List<Long> seeds,
    List<OnlineScenario> scenarios,
    Duration shopping,
    Map<String, String> given) {
  public OnlinePlan {
    seeds = List.copyOf(seeds);
    scenarios = List.copyOf(scenarios);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || scenarios.isEmpty() || shopping.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, scenarios %s, shopping for %s; expected one at least of each and a second."
              .formatted(seeds, scenarios, shopping));
    }
    double engineOnly = LoopSettings.of(given, true).serving().engineOnlyShare();
    if (engineOnly > 0 && scenarios.contains(OnlineScenario.WITHDRAWN)) {
      throw new IllegalArgumentException(
          "Scenario withdrawn with serving.engine-only-share %s, expected 0: the engine reward job would pay for products that are gone. Leave out one of them."
              .formatted(engineOnly));
    }
  }

  /** All that a run depends on, but its dataset and the policy that it begins with. */
  Map<String, String> described(OnlineScenario scenario, long seed) {
    Map<String, String> described = new TreeMap<>(settings(scenario, seed));
    described.put("shopping", shopping.toString());
    return described;
  }

  /** Settings of a run. */
  Map<String, String> settings(OnlineScenario scenario, long seed) {
    Map<String, String> settings = new TreeMap<>(given);
    settings.put("shoppers.seed", Long.toString(seed));
    settings.put("serving.random-seed", Long.toString(seed));
    settings.putAll(scenario.settings());
    return settings;
  }
}
