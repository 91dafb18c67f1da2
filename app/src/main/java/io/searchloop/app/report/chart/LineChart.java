package io.searchloop.app.report.chart;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/**
 * Curves with interval bands over one pair of axes, as a page shows them: 800 pixels wide, dark on
 * white, colours that colour-blind readers can tell apart (Okabe and Ito, 2008).
 *
 * <pre>
 *   new LineChart("Regret", Axis.logarithmic("searches"), Axis.of("reward lost"),
 *           List.of(Curve.line("bandit", points), Curve.dashes("oracle", others)))
 *       .write(Path.of("docs/results/img/regret.png"));
 * </pre>
 *
 * <p>An immutable value. Fails with the font library's own error on a machine without any font
 * (Debian: {@code apt install fontconfig fonts-dejavu-core}).
 *
 * @param title what is seen, and that it is simulated where it is
 * @param curves first drawn first; names must differ
 */
public record LineChart(String title, Axis x, Axis y, List<Curve> curves) {
  public LineChart {
    curves = List.copyOf(curves);
    long names = curves.stream().map(Curve::name).distinct().count();
    if (curves.isEmpty() || names < curves.size()) {
      throw new IllegalArgumentException(
          "Chart '%s' has %d curves of %d names, expected one at least and a name for each."
              .formatted(title, curves.size(), names));
    }
    for (Curve curve : curves) {
      for (CurvePoint point : curve.points()) {
        x.check(curve.name(), point.x());
        y.check(curve.name(), point.low());
      }
    }
  }

  /** Writes a PNG, making its folder. */
  public void write(Path file) {
    XYChart chart = new Drawing(this).draw();
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the chart to " + file, e);
    }
  }
}
