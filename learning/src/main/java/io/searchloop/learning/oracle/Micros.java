package io.searchloop.learning.oracle;

/**
 * Amounts as millionths of reward in whole numbers, so that sums do not depend on their order. 0.3
 * is 300000.
 */
final class Micros {
  private static final double PER_UNIT = 1e6;

  private Micros() {}

  static long of(double amount) {
    return Math.round(amount * PER_UNIT);
  }

  static double toAmount(long micros) {
    return micros / PER_UNIT;
  }
}
