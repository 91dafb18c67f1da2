package io.searchloop.jobs.health;

/**
 * What the rollouts of one search earned: one of an assigned page, several of a merged one. Public
 * for Flink's serializers.
 *
 * @param tuples how many
 * @param reward their sum
 * @param abandoned whether none has an outcome
 */
public record RewardSum(int tuples, double reward, boolean abandoned) {
  static final RewardSum NONE = new RewardSum(0, 0, true);

  RewardSum plus(SearchReward more) {
    return new RewardSum(tuples + 1, reward + more.reward(), abandoned && more.abandoned());
  }

  double mean() {
    return tuples == 0 ? 0 : reward / tuples;
  }
}
