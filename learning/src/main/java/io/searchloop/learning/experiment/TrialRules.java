package io.searchloop.learning.experiment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When a trial goes on, ends or is held. The probabilities of false alarms add up (Bonferroni), so
 * the sum of all levels bounds that of any false alarm in a whole trial, whenever it is looked at.
 *
 * @param minVisitors visitors of the candidate that each step takes at least, and before which no
 *     alarm is raised: a mean of fewer is not normal enough
 * @param stratumVisitors visitors of both arms that make a stratum
 * @param rewardCap a visitor's mean reward counts up to this: one order of a thousand units would
 *     otherwise hide what hundreds of visitors did
 * @param latencyCapMs likewise for latency
 * @param plannedWeight weight at which bounds are to be tightest; 5,000 is that of 10,000 visitors
 *     in each of two equal arms
 * @param margin largest loss of reward, as a share of the control's, that a release may be promoted
 *     with; the bound must exclude it
 * @param marginAlpha probability of promoting a release that loses more
 * @param sampleRatioAlpha probability of holding a trial whose arms are as large as they should be
 * @param visitorLoss share of an arm's visitors that may be missing when a release is promoted;
 *     more must be excluded, at the same level
 * @param allowances what each metric may cost
 */
public record TrialRules(
    int minVisitors,
    int stratumVisitors,
    double rewardCap,
    double latencyCapMs,
    double plannedWeight,
    double margin,
    double marginAlpha,
    double sampleRatioAlpha,
    double visitorLoss,
    Map<Metric, Allowance> allowances) {
  /** Shares of visitors that a candidate serves one after the other; 100 is its promotion. */
  public static final List<Integer> STEPS = List.of(1, 5, 10, 25, 50, 100);

  /**
   * Alarms falsely in at most 5 % of trials: 2 % for reward, .5 % each guardrail, 1 % the ratio.
   */
  public static final TrialRules DEFAULT =
      new TrialRules(200, 200, 30, 1_000, 5_000, .05, .01, .01, .05, levels(.02, .005, 0));

  public TrialRules {
    allowances = Map.copyOf(allowances);
    if (minVisitors < 2 || stratumVisitors < 2) {
      throw new IllegalArgumentException(
          "min-visitors %d and stratum-visitors %d, expected at least 2 of each."
              .formatted(minVisitors, stratumVisitors));
    }
    if (!(visitorLoss > 0 && visitorLoss < 1)) {
      throw new IllegalArgumentException(
          "visitor-loss is " + visitorLoss + ", expected more than 0 and less than 1.");
    }
    if (!(rewardCap > 0 && latencyCapMs > 0 && margin > 0)) {
      throw new IllegalArgumentException(
          "reward-cap %s, latency-cap %s and margin %s, expected all above 0."
              .formatted(rewardCap, latencyCapMs, margin));
    }
    if (allowances.size() != Metric.values().length) {
      throw new IllegalArgumentException(
          "Allowances for %s, expected one for each of %s."
              .formatted(allowances.keySet(), List.of(Metric.values())));
    }
  }

  /** Allowances with one level for reward, one for each guardrail, and one tolerance for those. */
  public static Map<Metric, Allowance> levels(double reward, double guardrail, double tolerance) {
    Map<Metric, Allowance> levels = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      levels.put(metric, new Allowance(guardrail, tolerance));
    }
    levels.put(Metric.REWARD, new Allowance(reward, 0));
    return levels;
  }

  /** Bound on the probability of any false alarm or hold in a trial. */
  public double alarmBudget() {
    return sampleRatioAlpha + allowances.values().stream().mapToDouble(Allowance::alpha).sum();
  }

  /** The share after a share. */
  public static int nextStep(int percent) {
    return STEPS.stream().filter(step -> step > percent).findFirst().orElse(percent);
  }

  Allowance allowance(Metric metric) {
    Allowance allowance = allowances.get(metric);
    if (allowance == null) {
      throw new IllegalStateException("No allowance for " + metric);
    }
    return allowance;
  }

  /** A visitor's value as it counts. */
  double capped(Metric metric, double value) {
    return switch (metric) {
      case REWARD -> Math.min(value, rewardCap);
      case LATENCY -> Math.min(value, latencyCapMs);
      case NULL_RESULTS, ABANDONMENT, REWRITE_LENGTH -> value;
    };
  }
}
