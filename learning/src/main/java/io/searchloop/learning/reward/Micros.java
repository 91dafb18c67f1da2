package io.searchloop.learning.reward;

/**
 * Rewards as whole millionths, so that a sum does not depend on the order of its addends and an
 * audit can ask for equality.
 */
public final class Micros {
  private static final double PER_UNIT = 1e6;

  private Micros() {}

  /** Micros of a reward, rounded to the nearest: 1.25 is 1,250,000. */
  public static long of(double reward) {
    return Math.round(reward * PER_UNIT);
  }

  /** The reward of some micros. */
  public static double toReward(long micros) {
    return micros / PER_UNIT;
  }
}
