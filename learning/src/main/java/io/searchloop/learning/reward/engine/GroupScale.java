package io.searchloop.learning.reward.engine;

import java.util.Arrays;

/**
 * Mean and population standard deviation of one term over the valid rewrites of a group. Identity
 * is expressed in it but has no part in it.
 */
record GroupScale(double mean, double deviation) {
  /** Below this, differences are rounding. */
  private static final double FLAT = 1e-9;

  static GroupScale ofValid(EngineGroup group, double[] values) {
    double[] valid = new double[group.rewrites().size()];
    int count = 0;
    for (int i = 0; i < group.rewrites().size(); i++) {
      if (group.rewrites().get(i).valid()) {
        valid[count++] = values[i];
      }
    }
    double[] judged = Arrays.copyOf(valid, count);
    double mean = Arrays.stream(judged).average().orElse(0);
    double variance = Arrays.stream(judged).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new GroupScale(mean, Math.sqrt(variance));
  }

  /** Replaces values by their distance from the mean in standard deviations. */
  void apply(double[] values) {
    Arrays.setAll(values, i -> deviation < FLAT ? 0 : (values[i] - mean) / deviation);
  }
}
