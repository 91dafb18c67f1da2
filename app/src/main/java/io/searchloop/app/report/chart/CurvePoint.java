package io.searchloop.app.report.chart;

import io.searchloop.search.evaluation.Interval;

/**
 * A measured value and how sure one may be of it.
 *
 * @param low lower end of its interval, y where there is none
 * @param high upper end of its interval, y where there is none
 */
public record CurvePoint(double x, double y, double low, double high) {
  public CurvePoint {
    if (!(Double.isFinite(x) && low <= y && y <= high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          "Point (%s, %s) has the interval [%s, %s], expected finite numbers and the point inside."
              .formatted(x, y, low, high));
    }
  }

  /** A value without an interval. */
  public static CurvePoint exact(double x, double y) {
    return new CurvePoint(x, y, y, y);
  }

  /** A mean with its interval; alone where the data bound none. */
  public static CurvePoint of(double x, Interval y) {
    return Double.isFinite(y.high() - y.low())
        ? new CurvePoint(x, y.mean(), y.low(), y.high())
        : exact(x, y.mean());
  }

  boolean hasInterval() {
    return low < high;
  }
}
