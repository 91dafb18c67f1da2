package io.searchloop.learning.preference;

/**
 * Mean and spread of a rewrite's rewards, updated one impression at a time without cancellation
 * (Welford 1962).
 *
 * @param count impressions
 * @param mean mean reward
 * @param squaredDeviations sum of squared deviations from the mean
 */
public record RewardStatistics(int count, double mean, double squaredDeviations) {
  /** No impression yet. */
  public static final RewardStatistics NONE = new RewardStatistics(0, 0, 0);

  public RewardStatistics {
    if (count < 0 || squaredDeviations < 0) {
      throw new IllegalArgumentException(
          "Statistics of %d impressions with %s squared deviations, expected neither below 0."
              .formatted(count, squaredDeviations));
    }
  }

  /** These statistics with one more impression. */
  public RewardStatistics plus(double reward) {
    double deviation = reward - mean;
    double newMean = mean + deviation / (count + 1);
    return new RewardStatistics(
        count + 1, newMean, squaredDeviations + deviation * (reward - newMean));
  }
}
