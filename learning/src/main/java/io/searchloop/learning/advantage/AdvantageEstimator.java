package io.searchloop.learning.advantage;

import java.util.Arrays;

/**
 * How rewards become advantages. Rewards of one group in, advantages of shape (group) out, in the
 * same order. All ignore a shift of the rewards.
 */
public enum AdvantageEstimator {
  /**
   * {@code A_i = r_i - mean(r)}: unbiased up to a constant, and late changes correct it exactly.
   */
  CENTRED(true) {
    @Override
    double scale(double[] deviations) {
      return 1;
    }
  },
  /** {@code A_i = (r_i - mean(r)) / population std}. */
  POPULATION_STD(false) {
    @Override
    double scale(double[] deviations) {
      return 1 / Math.sqrt(sumOfSquares(deviations) / deviations.length);
    }
  },
  /** {@code A_i = (r_i - mean(r)) / sample std}: GRPO, arXiv 2402.03300. */
  SAMPLE_STD(false) {
    @Override
    double scale(double[] deviations) {
      return 1 / Math.sqrt(sumOfSquares(deviations) / (deviations.length - 1));
    }
  },
  /** {@code A_i = r_i - mean of the others = N/(N-1) (r_i - mean(r))}: RLOO, arXiv 2402.14740. */
  LEAVE_ONE_OUT(true) {
    @Override
    double scale(double[] deviations) {
      return deviations.length / (deviations.length - 1.0);
    }
  };

  private final boolean linear;

  AdvantageEstimator(boolean linear) {
    this.linear = linear;
  }

  /** Whether the advantage of a sum is the sum of advantages, which corrections rely on. */
  public boolean linear() {
    return linear;
  }

  /**
   * This estimator without division by a group's deviation: itself when it is linear, else centred.
   * The credit of a multileaved page is unbiased only then.
   */
  public AdvantageEstimator unscaled() {
    return linear ? this : CENTRED;
  }

  /**
   * Advantages of a group; all zero when its rewards are equal.
   *
   * @param rewards rewards of at least two members
   */
  double[] advantages(double[] rewards) {
    double mean = Arrays.stream(rewards).average().orElseThrow();
    double[] deviations = Arrays.stream(rewards).map(r -> r - mean).toArray();
    double scale = sumOfSquares(deviations) == 0 ? 0 : scale(deviations);
    return Arrays.stream(deviations).map(d -> d * scale).toArray();
  }

  /** Factor from deviations, of which one at least is not zero, to advantages. */
  abstract double scale(double[] deviations);

  private static double sumOfSquares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
