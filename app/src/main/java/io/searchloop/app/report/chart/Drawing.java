package io.searchloop.app.report.chart;

import io.searchloop.app.report.chart.Curve.Mark;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a {@link LineChart} with XChart: bands beneath, curves above. Used once. */
final class Drawing {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final int BAND_ALPHA = 45;
  private static final int MARKER_SIZE = 9;
  private static final int TICK_SPACING = 100;
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;

  /** Okabe and Ito's palette without its yellow, which white swallows. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x333333));

  private static final BasicStroke LINE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke THIN = new BasicStroke(1.2f);
  private static final BasicStroke DASHES =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 5}, 0);

  private final LineChart figure;
  private final XYChart chart;

  Drawing(LineChart figure) {
    this.figure = figure;
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(figure.title())
            .xAxisTitle(figure.x().title())
            .yAxisTitle(figure.y().title())
            .build();
  }

  XYChart draw() {
    style(chart.getStyler());
    List<Curve> curves = figure.curves();
    for (int i = 0; i < curves.size(); i++) {
      if (curves.get(i).mark() != Mark.POINTS) {
        band(curves.get(i), colour(i));
      }
    }
    for (int i = 0; i < curves.size(); i++) {
      curve(curves.get(i), colour(i));
    }
    return chart;
  }

  private static Color colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  private void style(XYStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setMarkerSize(MARKER_SIZE);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setXAxisTickMarkSpacingHint(TICK_SPACING);
    styler.setXAxisTickLabelsFormattingFunction(Drawing::label);
    styler.setYAxisTickLabelsFormattingFunction(Drawing::label);
    styler.setXAxisLogarithmic(figure.x().logarithmic());
    styler.setYAxisLogarithmic(figure.y().logarithmic());
  }

  /** 0.05, 7, 2500, 40k, 3M. */
  private static String label(double value) {
    double size = Math.abs(value);
    if (size >= MILLION) {
      return plain(value / MILLION) + "M";
    }
    return size >= 10 * THOUSAND ? plain(value / THOUSAND) + "k" : plain(value);
  }

  private static String plain(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros();
    return rounded.toPlainString();
  }

  /** A closed polygon: along the upper ends, and back along the lower ones. */
  private void band(Curve curve, Color colour) {
    List<CurvePoint> there = curve.points();
    if (there.stream().noneMatch(CurvePoint::hasInterval)) {
      return;
    }
    List<CurvePoint> back = new ArrayList<>(there);
    Collections.reverse(back);
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    there.forEach(point -> xs.add(point.x()));
    there.forEach(point -> ys.add(point.high()));
    back.forEach(point -> xs.add(point.x()));
    back.forEach(point -> ys.add(point.low()));
    XYSeries series = chart.addSeries("interval of " + curve.name(), xs, ys);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(
        new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA));
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
  }

  private void curve(Curve curve, Color colour) {
    List<Double> xs = curve.points().stream().map(CurvePoint::x).toList();
    List<Double> ys = curve.points().stream().map(CurvePoint::y).toList();
    XYSeries series = chart.addSeries(curve.name(), xs, ys);
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    if (curve.mark() == Mark.POINTS) {
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE);
      bars(curve, colour);
    } else {
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(curve.mark() == Mark.DASHES ? DASHES : LINE);
    }
  }

  private void bars(Curve curve, Color colour) {
    List<CurvePoint> points = curve.points();
    for (int i = 0; i < points.size(); i++) {
      CurvePoint point = points.get(i);
      if (point.hasInterval()) {
        XYSeries bar =
            chart.addSeries(
                "interval " + i + " of " + curve.name(),
                List.of(point.x(), point.x()),
                List.of(point.low(), point.high()));
        bar.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        bar.setLineColor(colour);
        bar.setLineStyle(THIN);
        bar.setMarker(SeriesMarkers.NONE);
        bar.setShowInLegend(false);
      }
    }
  }
}
