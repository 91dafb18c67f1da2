package io.searchloop.policy.sampling;

import java.util.random.RandomGenerator;

/** Draws from a categorical distribution given by log-probabilities. */
public final class Categorical {
  private Categorical() {}

  /** Index drawn by inversion; entries of negative infinity are never drawn. */
  public static int sample(double[] logProbs, RandomGenerator random) {
    double threshold = random.nextDouble();
    double cumulated = 0;
    int last = -1;
    for (int i = 0; i < logProbs.length; i++) {
      if (logProbs[i] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      cumulated += Math.exp(logProbs[i]);
      last = i;
      if (threshold < cumulated) {
        return i;
      }
    }
    return last;
  }

  /** Index of the largest log-probability, the first among equals. */
  public static int mode(double[] logProbs) {
    int best = 0;
    for (int i = 1; i < logProbs.length; i++) {
      best = logProbs[i] > logProbs[best] ? i : best;
    }
    return best;
  }
}
