package io.searchloop.app.report.chart;

/**
 * What an axis says.
 *
 * @param title quantity and unit
 * @param logarithmic whether equal factors are equally far apart; all values must be above zero
 */
public record Axis(String title, boolean logarithmic) {

  /** Equal differences are equally far apart. */
  public static Axis of(String title) {
    return new Axis(title, false);
  }

  /** Equal factors are equally far apart. */
  public static Axis logarithmic(String title) {
    return new Axis(title, true);
  }

  void check(String curve, double smallest) {
    if (logarithmic && smallest <= 0) {
      throw new IllegalArgumentException(
          "Curve '%s' reaches %s on the logarithmic axis '%s', expected values above zero. Leave the point out, or draw a linear axis."
              .formatted(curve, smallest, title));
    }
  }
}
