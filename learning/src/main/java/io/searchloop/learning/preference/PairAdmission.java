package io.searchloop.learning.preference;

import io.searchloop.learning.distribution.Normal;
import java.util.Optional;

/**
 * Decides whether two rewrites' rewards differ enough to call one preferred.
 *
 * <p>The means get independent normal posteriors, so {@code P(mu_w > mu_l) = Phi(margin /
 * sqrt(v_w/n_w + v_l/n_l))}. The variance {@code v = (squaredDeviations + priorVariance) / n} holds
 * one imaginary observation: five impressions that all earned the same prove little. Example with
 * prior 1: ten impressions earning 1 against ten earning 0 have v = .1 each and P = Phi(1 /
 * sqrt(.02)) > .999; with a margin of .1 instead, P = Phi(.707) = .760.
 *
 * @param minImpressions impressions both rewrites need
 * @param minProbability least P(mu_w > mu_l), above one half
 * @param minMargin least difference of mean rewards
 * @param priorVariance squared deviation of the imaginary observation
 */
public record PairAdmission(
    int minImpressions, double minProbability, double minMargin, double priorVariance) {

  public PairAdmission {
    if (minImpressions < 1) {
      throw new IllegalArgumentException(
          "minImpressions is " + minImpressions + ", expected at least 1.");
    }
    if (!(minProbability > 0.5 && minProbability < 1)) {
      throw new IllegalArgumentException(
          "minProbability is " + minProbability + ", expected between 0.5 and 1.");
    }
    if (!(minMargin > 0) || !(priorVariance > 0)) {
      throw new IllegalArgumentException(
          "minMargin is %s and priorVariance %s, expected both above 0."
              .formatted(minMargin, priorVariance));
    }
  }

  /**
   * A pair worth training on.
   *
   * @param firstPreferred whether the first of the two is the better one
   * @param margin difference of mean rewards, above 0
   * @param flipProbability chance that the order is the other way round: the noise rate of robust
   *     DPO (arXiv 2403.00409)
   */
  public record Preference(boolean firstPreferred, double margin, double flipProbability) {}

  /** The preference between two rewrites of one query, if it is certain enough. */
  public Optional<Preference> judge(RewardStatistics first, RewardStatistics second) {
    if (Math.min(first.count(), second.count()) < minImpressions) {
      return Optional.empty();
    }
    double margin = Math.abs(first.mean() - second.mean());
    double deviation = Math.sqrt(varianceOfMean(first) + varianceOfMean(second));
    double probability = Normal.cumulative(margin / deviation);
    if (margin < minMargin || probability < minProbability) {
      return Optional.empty();
    }
    return Optional.of(new Preference(first.mean() > second.mean(), margin, 1 - probability));
  }

  private double varianceOfMean(RewardStatistics rewrite) {
    double variance = (rewrite.squaredDeviations() + priorVariance) / rewrite.count();
    return variance / rewrite.count();
  }
}
