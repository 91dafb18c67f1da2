package io.searchloop.app.report;

import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.MeanInterval;
import io.searchloop.search.evaluation.Welch;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the arms earned per search within one period.
 *
 * @param searches rewarded searches by arm
 * @param reward mean reward per search with 95 % interval, by arm; missing where an arm has fewer
 *     than two searches
 * @param policyMinusIdentity difference of the means with 95 % interval (Welch)
 * @param policyMinusReference likewise against the frozen warm start
 */
public record ArmFigures(
    Map<Arm, Integer> searches,
    Map<Arm, Interval> reward,
    Optional<Interval> policyMinusIdentity,
    Optional<Interval> policyMinusReference) {
  private static final int FEWEST = 2;

  public ArmFigures {
    searches = Map.copyOf(searches);
    reward = Map.copyOf(reward);
  }

  /** Figures of rewards by arm. */
  static ArmFigures of(Map<Arm, double[]> rewards) {
    Map<Arm, Integer> searches = new EnumMap<>(Arm.class);
    Map<Arm, Interval> means = new EnumMap<>(Arm.class);
    rewards.forEach(
        (arm, values) -> {
          searches.put(arm, values.length);
          if (values.length >= FEWEST) {
            means.put(arm, MeanInterval.of(values));
          }
        });
    return new ArmFigures(
        searches, means, difference(rewards, Arm.IDENTITY), difference(rewards, Arm.REFERENCE));
  }

  private static Optional<Interval> difference(Map<Arm, double[]> rewards, Arm control) {
    double[] policy = rewards.getOrDefault(Arm.POLICY, new double[0]);
    double[] other = rewards.getOrDefault(control, new double[0]);
    return policy.length < FEWEST || other.length < FEWEST
        ? Optional.empty()
        : Optional.of(Welch.difference(policy, other));
  }
}
