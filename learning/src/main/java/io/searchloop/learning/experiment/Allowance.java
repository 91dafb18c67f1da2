package io.searchloop.learning.experiment;

/**
 * What a metric may cost.
 *
 * @param alpha probability with which it may ever raise a false alarm
 * @param tolerance worsening that is no alarm, as a share of the control's mean
 */
public record Allowance(double alpha, double tolerance) {
  public Allowance {
    if (!(alpha > 0 && alpha < 1 && tolerance >= 0)) {
      throw new IllegalArgumentException(
          "alpha %s and tolerance %s, expected alpha between 0 and 1 and a tolerance from 0."
              .formatted(alpha, tolerance));
    }
  }
}
