package io.searchloop.learning.advantage;

import java.util.Arrays;

/**
 * The advantages of one group. Example: rewards (1, 0, .5, .5) have the centred advantages (.5,
 * -.5, 0, 0).
 */
public final class GroupAdvantage {
  /** Rewards are sums of a few weights; closer than this they are the same sum. */
  private static final double EQUAL_REWARDS = 1e-9;

  private final double[] advantages;
  private final boolean flat;

  private GroupAdvantage(double[] advantages, boolean flat) {
    this.advantages = advantages;
    this.flat = flat;
  }

  /**
   * Computes the advantages of a group.
   *
   * @param rewards one for each member, at least two
   * @throws IllegalArgumentException for fewer than two members
   */
  public static GroupAdvantage of(AdvantageEstimator estimator, double... rewards) {
    if (rewards.length < 2) {
      throw new IllegalArgumentException(
          "Group of "
              + rewards.length
              + " members, expected at least 2: an advantage compares. Wait for more members.");
    }
    double spread =
        Arrays.stream(rewards).max().orElseThrow() - Arrays.stream(rewards).min().orElseThrow();
    if (spread <= EQUAL_REWARDS) {
      return new GroupAdvantage(new double[rewards.length], true);
    }
    return new GroupAdvantage(estimator.advantages(rewards), false);
  }

  /** Advantage of a member. */
  public double of(int member) {
    return advantages[member];
  }

  /** Whether all rewards were equal: nothing to learn, the group is skipped and counted. */
  public boolean flat() {
    return flat;
  }
}
