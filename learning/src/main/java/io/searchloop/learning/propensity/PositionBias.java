package io.searchloop.learning.propensity;

import java.util.List;

/**
 * An estimated examination curve: each position relative to the first. Relative is all that credit
 * needs, because a common factor cancels.
 *
 * @param positions from position one, whose value is 1 without error
 * @param queries queries that gave evidence; intervals treat them as independent
 */
public record PositionBias(List<Position> positions, int queries) {
  private static final double NORMAL_975 = 1.959963984540054;

  /** Copies the positions. */
  public PositionBias {
    positions = List.copyOf(positions);
  }

  /**
   * One position.
   *
   * @param value examination relative to position one
   * @param logError standard error of the value's natural logarithm
   */
  public record Position(double value, double logError) {

    /** Standard error of the value, by the delta method. */
    public double standardError() {
      return value * logError;
    }

    /** Lower end of the 95 % interval, symmetric on the logarithm. */
    public double low() {
      return value * Math.exp(-NORMAL_975 * logError);
    }

    /** Upper end of the 95 % interval. */
    public double high() {
      return value * Math.exp(NORMAL_975 * logError);
    }
  }

  /** The curve from position one, divided by its greatest value: probabilities up to scale. */
  public double[] curve() {
    double greatest = positions.stream().mapToDouble(Position::value).max().orElse(1);
    return positions.stream().mapToDouble(position -> position.value() / greatest).toArray();
  }
}
