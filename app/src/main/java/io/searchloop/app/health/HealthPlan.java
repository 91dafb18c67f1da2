package io.searchloop.app.health;

import io.searchloop.learning.experiment.TrialRules;
import java.util.List;

/**
 * How many releases of each kind are tried.
 *
 * @param runs trials of each scenario
 * @param rules as the health job has them
 * @param scenarios kinds of releases
 * @param seed of visitors
 */
public record HealthPlan(int runs, TrialRules rules, List<Scenario> scenarios, long seed) {
  private static final int PATIENCE = 1_500_000;
  private static final Scenario SAME =
      new Scenario("same, never promoted", 0, 0, 0, false, 400_000);

  public HealthPlan {
    scenarios = List.copyOf(scenarios);
    if (runs < 1) {
      throw new IllegalArgumentException("runs is " + runs + ", expected at least 1");
    }
  }

  /** What the page of results shows. */
  public static HealthPlan of(int runs, long seed) {
    return new HealthPlan(
        runs,
        TrialRules.DEFAULT,
        List.of(
            SAME,
            new Scenario("same", 0, 0, 0, true, PATIENCE),
            new Scenario("reward -5 %", .05, 0, 0, true, PATIENCE),
            new Scenario("reward -5 % by fewer clicks", 0, .05, 0, true, PATIENCE),
            new Scenario("reward -20 %", .2, 0, 0, true, PATIENCE),
            new Scenario("a tenth of its visitors lost", 0, 0, .1, true, PATIENCE)),
        seed);
  }

  /** The same questions with rules that decide on fewer visitors, in seconds. */
  public static HealthPlan quick(int runs, long seed) {
    TrialRules small =
        new TrialRules(
            100, 100, 30, 1_000, 1_000, .3, .05, .01, .2, TrialRules.DEFAULT.allowances());
    return new HealthPlan(
        runs,
        small,
        List.of(
            new Scenario(SAME.name(), 0, 0, 0, false, 15_000),
            new Scenario("reward -50 %", .5, 0, 0, true, 60_000),
            new Scenario("half of its visitors lost", 0, 0, .5, true, 60_000)),
        seed);
  }
}
