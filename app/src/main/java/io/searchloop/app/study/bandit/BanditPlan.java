package io.searchloop.app.study.bandit;

import io.searchloop.app.simulation.ShopperConfig;
import io.searchloop.learning.bandit.BanditConfig;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the bandit study runs.
 *
 * @param seeds one split of the queries, one stream of visitors each
 * @param arms names of strategies, identity first; {@code neural} stands for the policy
 * @param searches of every online run
 * @param searchesPerDay how fast they come; outcomes take minutes to days
 * @param logged searches of each log that a policy is valued by
 * @param repetitions logs of every seed
 */
public record BanditPlan(
    List<Long> seeds,
    List<String> arms,
    int searches,
    int searchesPerDay,
    int logged,
    int repetitions) {
  /** Name of the arm that a policy directory is. */
  public static final String NEURAL = "neural";

  private static final Duration HALF_LIFE = Duration.ofHours(12);

  /** A visitor thinks for seconds, orders within hours and returns within days. */
  private static final Map<String, String> PACE =
      Map.of(
          "shoppers.think-time", "PT20S",
          "shoppers.purchase-delay", "PT1H",
          "shoppers.refund-delay", "PT12H");

  public BanditPlan {
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
    if (seeds.isEmpty() || arms.size() < 2 || !arms.get(0).equals("identity")) {
      throw new IllegalArgumentException(
          "Seeds %s and arms %s, expected one seed and two arms at least, identity first."
              .formatted(seeds, arms));
    }
    if (searches < 100 || searchesPerDay < 1 || logged < 100 || repetitions < 2) {
      throw new IllegalArgumentException(
          "%d searches, %d a day, %d logged, %d repetitions, expected at least 100, 1, 100 and 2."
              .formatted(searches, searchesPerDay, logged, repetitions));
    }
  }

  /** All that the figures of a seed depend on, but dataset and policy. */
  Map<String, String> described() {
    return Map.of(
        "arms", String.join(",", arms),
        "searches", Integer.toString(searches),
        "searches-per-day", Integer.toString(searchesPerDay),
        "logged", Integer.toString(logged),
        "repetitions", Integer.toString(repetitions));
  }

  static ShopperConfig shoppers() {
    ConfigBinder binder = new ConfigBinder(PACE);
    return binder.bind("shoppers", ShopperConfig.class);
  }

  /** Prices of the loop without trust rules. */
  static RewardConfig prices() {
    return RewardConfig.newBuilder().build();
  }

  /** The same with the trust rules that a shop would switch on. */
  static RewardConfig trusted() {
    return RewardConfig.newBuilder(prices())
        .setClickAllProducts(9)
        .setMinDwellMs(1000)
        .setDwellClicks(4)
        .build();
  }

  BanditConfig bandit() {
    return BanditConfig.of(arms, Duration.ofMillis(prices().getLongWindowMs()));
  }

  BanditConfig forgetful() {
    return bandit().withHalfLife(HALF_LIFE);
  }
}
