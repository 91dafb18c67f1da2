package io.searchloop.learning.bandit;

/**
 * What is believed of the mean reward of an arm: normal.
 *
 * <pre>
 *   1/variance = 1/prior variance + n/s^2
 *   mean       = variance * (prior mean / prior variance + sum of rewards / s^2)
 * </pre>
 *
 * <p>Example: prior N(2, .5), 10 rewards that sum up to 30, s^2 = 5: variance 1 / (2 + 2) = .25,
 * mean .25 * (4 + 6) = 2.5.
 *
 * @param variance of the mean, not of a reward
 */
record Belief(double mean, double variance) {

  /**
   * The belief after more evidence.
   *
   * @param sums rewards of the arm; their weight is n
   * @param noise s^2, the variance of a single reward
   */
  Belief after(RewardSums sums, double noise) {
    double precision = 1 / variance + sums.weight() / noise;
    return new Belief((mean / variance + sums.sum() / noise) / precision, 1 / precision);
  }

  /** Elsewhere: by so much better or worse for every arm, and less sure. */
  Belief moved(double shift, double spread) {
    return new Belief(mean + shift, variance + spread);
  }
}
