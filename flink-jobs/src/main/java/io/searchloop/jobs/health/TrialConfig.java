package io.searchloop.jobs.health;

import io.searchloop.learning.experiment.Allowance;
import io.searchloop.learning.experiment.Metric;
import io.searchloop.learning.experiment.TrialRules;
import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How a canary is compared with its control, under {@code trial}. */
public record TrialConfig(
    @Setting(value = "PT30M", help = "a visitor's searches count this long after the first")
        Duration visitorWindow,
    @Setting(value = "PT1M", help = "how long after its decision a page may be shown")
        Duration impressionWait,
    @Setting(value = "PT10S", help = "how far records may be out of order") Duration outOfOrderness,
    @Setting(value = "PT1M", help = "a partition without records no longer holds up the others")
        Duration idleTimeout,
    @Setting(value = "P14D", help = "a visitor counts once in a trial, remembered this long")
        Duration visitorMemory,
    @Setting(value = "200", help = "visitors of the candidate that each step takes at least")
        int minVisitors,
    @Setting(value = "200", help = "visitors who are compared with each other at a time")
        int stratumVisitors,
    @Setting(value = "30", help = "a visitor's mean reward counts up to this") double rewardCap,
    @Setting(value = "PT1S", help = "a visitor's mean latency counts up to this")
        Duration latencyCap,
    @Setting(value = "0.05", help = "largest loss of reward that a release is promoted with")
        double margin,
    @Setting(value = "0.05", help = "share of latency that may be added without an alarm")
        double latencyTolerance,
    @Setting(value = "0.5", help = "share of length that rewrites may gain without an alarm")
        double lengthTolerance)
    implements Serializable {

  public TrialConfig {
    require(visitorWindow, "visitor-window");
    require(impressionWait, "impression-wait");
    require(idleTimeout, "idle-timeout");
    if (outOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "out-of-orderness is " + outOfOrderness + ", expected PT0S or more.");
    }
    if (visitorMemory.compareTo(visitorWindow) <= 0) {
      throw new IllegalArgumentException(
          "visitor-memory is %s and visitor-window %s, expected a longer memory, or visitors count twice."
              .formatted(visitorMemory, visitorWindow));
    }
    rules(
        minVisitors,
        stratumVisitors,
        rewardCap,
        latencyCap,
        margin,
        latencyTolerance,
        lengthTolerance); // checks the rest
  }

  /** The rules of every trial; their levels are not settings, or they would not add up to 5 %. */
  TrialRules rules() {
    return rules(
        minVisitors,
        stratumVisitors,
        rewardCap,
        latencyCap,
        margin,
        latencyTolerance,
        lengthTolerance);
  }

  private static TrialRules rules(
      int minVisitors,
      int stratumVisitors,
      double rewardCap,
      Duration latencyCap,
      double margin,
      double latencyTolerance,
      double lengthTolerance) {
    TrialRules standard = TrialRules.DEFAULT;
    Map<Metric, Allowance> allowances = new EnumMap<>(standard.allowances());
    allowances.computeIfPresent(
        Metric.LATENCY, (metric, was) -> new Allowance(was.alpha(), latencyTolerance));
    allowances.computeIfPresent(
        Metric.REWRITE_LENGTH, (metric, was) -> new Allowance(was.alpha(), lengthTolerance));
    return new TrialRules(
        minVisitors,
        stratumVisitors,
        rewardCap,
        latencyCap.toMillis(),
        standard.plannedWeight(),
        margin,
        standard.marginAlpha(),
        standard.sampleRatioAlpha(),
        standard.visitorLoss(),
        allowances);
  }

  private static void require(Duration found, String key) {
    if (found.isNegative() || found.isZero()) {
      throw new IllegalArgumentException(key + " is " + found + ", expected more than zero.");
    }
  }
}
