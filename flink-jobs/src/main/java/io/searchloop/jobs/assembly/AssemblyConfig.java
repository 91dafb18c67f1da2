package io.searchloop.jobs.assembly;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.preference.PairAdmission;
import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How minibatches are put together.
 *
 * @param parallelism subtasks of every operator but the packing
 * @param groupSize members that close a group
 * @param groupTimeout event time after which a group closes with fewer members
 * @param advantage how rewards become advantages
 * @param groupsPerMinibatch groups, pairs or corrections that fill a minibatch
 * @param flushInterval processing time after which a part-filled minibatch is sent
 * @param maxAge how far behind the watermark a group may be when it is packed
 * @param pairMinImpressions impressions each rewrite of a pair needs
 * @param pairMinProbability least probability that the preferred one is better
 * @param pairMinMargin least difference of mean rewards
 * @param outOfOrderness how far rewards may run behind the latest impression
 * @param idleTimeout how long a partition may be silent before event time passes it by
 */
public record AssemblyConfig(
    @Setting(value = "2", help = "subtasks of the minibatch job") int parallelism,
    @Setting(value = "4", help = "members that close a group") int groupSize,
    @Setting(value = "PT10M", help = "event time after which a smaller group closes")
        Duration groupTimeout,
    @Setting(value = "centred", help = "advantage estimator") AdvantageEstimator advantage,
    @Setting(value = "16", help = "groups, pairs or corrections in a minibatch")
        int groupsPerMinibatch,
    @Setting(value = "PT10S", help = "time after which a part-filled minibatch is sent")
        Duration flushInterval,
    @Setting(value = "P1D", help = "age beyond which a group is dropped") Duration maxAge,
    @Setting(value = "8", help = "impressions each rewrite of a pair needs") int pairMinImpressions,
    @Setting(value = "0.8", help = "least probability that the preferred rewrite is better")
        double pairMinProbability,
    @Setting(value = "0.2", help = "least difference of mean rewards") double pairMinMargin,
    @Setting(value = "PT1M", help = "how far rewards may run behind the latest impression")
        Duration outOfOrderness,
    @Setting(value = "PT5S", help = "silence after which a partition no longer holds time back")
        Duration idleTimeout)
    implements Serializable {
  private static final double PRIOR_VARIANCE = 1;

  public AssemblyConfig {
    requireAtLeast("parallelism", parallelism, 1);
    requireAtLeast("group-size", groupSize, 2);
    requireAtLeast("groups-per-minibatch", groupsPerMinibatch, 1);
    requirePositive("group-timeout", groupTimeout);
    requirePositive("flush-interval", flushInterval);
    requirePositive("max-age", maxAge);
    requirePositive("idle-timeout", idleTimeout);
    if (outOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "out-of-orderness is " + outOfOrderness + ", expected PT0S or more.");
    }
    new PairAdmission(pairMinImpressions, pairMinProbability, pairMinMargin, PRIOR_VARIANCE);
  }

  PairAdmission pairAdmission() {
    return new PairAdmission(pairMinImpressions, pairMinProbability, pairMinMargin, PRIOR_VARIANCE);
  }

  private static void requireAtLeast(String key, int found, int least) {
    if (found < least) {
      throw new IllegalArgumentException(
          key + " is " + found + ", expected at least " + least + ".");
    }
  }

  private static void requirePositive(String key, Duration found) {
    if (found.isNegative() || found.isZero()) {
      throw new IllegalArgumentException(
          key + " is " + found + ", expected a positive duration such as PT10S.");
    }
  }
}
