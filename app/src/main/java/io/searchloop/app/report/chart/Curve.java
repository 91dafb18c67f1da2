package io.searchloop.app.report.chart;

import java.util.List;

/**
 * What one method did, under the name that the legend gives it.
 *
 * @param mark how its points are drawn
 * @param points in drawing order, one at least
 */
public record Curve(String name, Mark mark, List<CurvePoint> points) {

  /** How points are drawn. */
  public enum Mark {
    /** Joined by a line; intervals are a band around it. */
    LINE,
    /** Joined by a broken line, for what others are compared with; intervals are a band. */
    DASHES,
    /** Each by itself; intervals are bars through it. For trade-offs of two figures. */
    POINTS
  }

  public Curve {
    points = List.copyOf(points);
    if (name.isBlank() || points.isEmpty()) {
      throw new IllegalArgumentException(
          "Curve '%s' has %d points, expected a name and one point at least."
              .formatted(name, points.size()));
    }
  }

  /** A line with a band. */
  public static Curve line(String name, List<CurvePoint> points) {
    return new Curve(name, Mark.LINE, points);
  }

  /** A broken line, for what others are compared with. */
  public static Curve dashes(String name, List<CurvePoint> points) {
    return new Curve(name, Mark.DASHES, points);
  }

  /** Points that are not joined. */
  public static Curve points(String name, List<CurvePoint> points) {
    return new Curve(name, Mark.POINTS, points);
  }
}
