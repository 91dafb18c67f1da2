package io.searchloop.search.merging;

import java.util.Arrays;

/**
 * Expected examination of every product over the merge's randomness, by product number.
 *
 * <p>Immutable by convention of the package: nobody writes into the arrays.
 */
final class Exposure {
  final double[] expected;

  /** Standard error of each; zeros when computed exactly. */
  final double[] standardErrors;

  Exposure(double[] expected, double[] standardErrors) {
    this.expected = expected;
    this.standardErrors = standardErrors;
  }

  static Exposure exact(double[] expected) {
    return new Exposure(expected, new double[expected.length]);
  }

  /** The largest standard error as a share of its exposure; 0 without products. */
  double largestRelativeError() {
    double[] relative = new double[expected.length];
    Arrays.setAll(relative, i -> standardErrors[i] / expected[i]);
    return Arrays.stream(relative).max().orElse(0);
  }
}
