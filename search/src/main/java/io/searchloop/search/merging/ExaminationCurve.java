package io.searchloop.search.merging;

import java.util.Arrays;

/**
 * How likely shoppers are to look at each position: the yardstick of every click. Credit is right
 * when this curve is right up to scale; estimate it from logs rather than believe a formula.
 *
 * <p>Kept in float32 because that is what a decision logs: exposure and credit then use the very
 * same numbers. Positions beyond the end take the last value. Immutable, any thread.
 */
public final class ExaminationCurve {
  private final float[] probabilities;

  private ExaminationCurve(float[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * A curve as estimated.
   *
   * @param probabilities probability of examination, above 0 and at most 1, from position one
   */
  public static ExaminationCurve of(double... probabilities) {
    if (probabilities.length == 0) {
      throw new IllegalArgumentException(
          "Examination curve of 0 positions, expected at least one. Name position one's.");
    }
    float[] curve = new float[probabilities.length];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) probabilities[i];
      if (!(curve[i] > 0 && curve[i] <= 1)) {
        throw new IllegalArgumentException(
            "Examination of position %d is %s, expected above 0 and at most 1. Divide an estimated curve by its greatest value, and end it where nobody looks."
                .formatted(i + 1, probabilities[i]));
      }
    }
    return new ExaminationCurve(curve);
  }

  /**
   * The discount of nDCG as a stand-in until there are logs to estimate from: {@code 1 / log2(1 +
   * k)}, so 1, .63, .5, .43 and so on.
   *
   * @param positions length, at least one
   */
  public static ExaminationCurve logarithmic(int positions) {
    double[] probabilities = new double[positions];
    Arrays.setAll(probabilities, i -> Math.log(2) / Math.log(2 + i));
    return of(probabilities);
  }

  /** Probability that a position is examined; positions count from one. */
  public float at(int position) {
    return probabilities[Math.min(position, probabilities.length) - 1];
  }

  /** Positions of which this curve says something of its own. */
  public int positions() {
    return probabilities.length;
  }

  /** The curve from position one, as a decision logs it. */
  public float[] toFloats() {
    return probabilities.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExaminationCurve curve
        && Arrays.equals(probabilities, curve.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "ExaminationCurve" + Arrays.toString(probabilities);
  }
}
