package io.searchloop.jobs.assembly;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.preference.PairAdmission;
import io.searchloop.learning.preference.PairLevels;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How minibatches are put together.
 *
 * @param parallelism subtasks of every operator but the packing
 * @param groupSize members that close a group of assigned searches
 * @param groupTimeout event time after which a group closes with what it has
 * @param slateImpressions impressions of every member that close a slate's group
 * @param advantage how rewards become advantages
 * @param groupsPerMinibatch groups, pairs or corrections that fill a minibatch
 * @param groupsPerQuery how many of them may be of one query while others wait
 * @param flushInterval processing time after which a part-filled minibatch is sent
 * @param maxAge how far behind the watermark a group or pair may be when it is packed
 * @param pairMinImpressions impressions each rewrite of a pair needs
 * @param pairMinProbability least probability that the preferred one is better
 * @param pairMinMargin least difference of mean rewards
 * @param pairInterval impressions of a query from one look for pairs to the next
 * @param pairLevels which of a query's rewrites may be paired
 * @param orders whether rewrites argue as partial orders, in place of pairs
 * @param purchaseFlipProbability how often a purchase on a page prefers the wrong list
 * @param outOfOrderness how far rewards may run behind the latest impression
 * @param idleTimeout how long a partition may be silent before event time passes it by
 */
public record AssemblyConfig(
    @Setting(value = "2", help = "subtasks of the minibatch job") int parallelism,
    @Setting(value = "4", help = "members that close a group") int groupSize,
    @Setting(value = "PT10M", help = "event time after which a smaller group closes")
        Duration groupTimeout,
    @Setting(value = "4", help = "impressions of every member that close a slate's group")
        int slateImpressions,
    @Setting(value = "centred", help = "advantage estimator") AdvantageEstimator advantage,
    @Setting(value = "16", help = "groups, pairs or corrections in a minibatch")
        int groupsPerMinibatch,
    @Setting(value = "4", help = "how many of them may be of one query while others wait")
        int groupsPerQuery,
    @Setting(value = "PT10S", help = "time after which a part-filled minibatch is sent")
        Duration flushInterval,
    @Setting(value = "P1D", help = "age beyond which a group or pair is dropped") Duration maxAge,
    @Setting(value = "8", help = "impressions each rewrite of a pair needs") int pairMinImpressions,
    @Setting(value = "0.8", help = "least probability that the preferred rewrite is better")
        double pairMinProbability,
    @Setting(value = "0.2", help = "least difference of mean rewards") double pairMinMargin,
    @Setting(value = "16", help = "impressions of a query between two looks for pairs")
        int pairInterval,
    @Setting(value = "adjacent", help = "which reward levels are paired") PairLevels pairLevels,
    @Setting(value = "false", help = "partial orders of rewrites in place of pairs") boolean orders,
    @Setting(value = "0.2", help = "how often a purchase on a page prefers the wrong list")
        double purchaseFlipProbability,
    @Setting(value = "PT1M", help = "how far rewards may run behind the latest impression")
        Duration outOfOrderness,
    @Setting(value = "PT5S", help = "silence after which a partition no longer holds time back")
        Duration idleTimeout)
    implements Serializable {
  private static final double PRIOR_VARIANCE = 1;

  public AssemblyConfig {
    requireAtLeast("parallelism", parallelism, 1);
    requireAtLeast("group-size", groupSize, 2);
    requireAtLeast("slate-impressions", slateImpressions, 1);
    requireAtLeast("groups-per-minibatch", groupsPerMinibatch, 1);
    requireAtLeast("groups-per-query", groupsPerQuery, 1);
    requireAtLeast("pair-interval", pairInterval, 1);
    requirePositive("group-timeout", groupTimeout);
    requirePositive("flush-interval", flushInterval);
    requirePositive("max-age", maxAge);
    requirePositive("idle-timeout", idleTimeout);
    if (outOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "out-of-orderness is " + outOfOrderness + ", expected PT0S or more.");
    }
    if (!(purchaseFlipProbability >= 0 && purchaseFlipProbability < 0.5)) {
      throw new IllegalArgumentException(
          "purchase-flip-probability is "
              + purchaseFlipProbability
              + ", expected from 0 to below 0.5: at 0.5 a purchase says nothing.");
    }
    new PairAdmission(pairMinImpressions, pairMinProbability, pairMinMargin, PRIOR_VARIANCE);
  }

  PairAdmission pairAdmission() {
    return new PairAdmission(pairMinImpressions, pairMinProbability, pairMinMargin, PRIOR_VARIANCE);
  }

  /**
   * When a rollout's state may go, epoch milliseconds: no correction has a later outcome than the
   * end of the long window, and none arrives further behind than the tolerance.
   */
  long forgetAt(RewardTuple tuple) {
    return tuple.getCorrectableUntil().plus(outOfOrderness).toEpochMilli();
  }

  /**
   * An instant at which everything of an event-time instant has arrived, epoch milliseconds. A
   * backlog may have carried the watermark past it; then the tolerance is waited for anew, so that
   * neighbours in the log are never cut apart.
   */
  long settledAt(long time, long watermark) {
    return Math.max(time, watermark + Math.max(1, outOfOrderness.toMillis()));
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
