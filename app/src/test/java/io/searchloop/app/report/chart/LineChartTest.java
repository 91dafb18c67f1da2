package io.searchloop.app.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartTest {
  private static final int BLUE = 0x0072B2;
  private static final int ORANGE = 0xD55E00;

  @TempDir Path folder;

  private static List<CurvePoint> points(double slope, double half) {
    return IntStream.rangeClosed(1, 50)
        .mapToObj(x -> new CurvePoint(x, 1 + slope * x, 1 + slope * x - half, 1 + slope * x + half))
        .toList();
  }

  @Test
  void drawsCurvesInTheirColoursWithBandsOnAWhiteGround() throws IOException {
    Path file = folder.resolve("img/chart.png");
    new LineChart(
            "Reward",
            Axis.of("searches"),
            Axis.of("reward"),
            List.of(
                Curve.line("bandit", points(.1, .5)),
                Curve.dashes("oracle", points(.12, 0)),
                Curve.points("measured", List.of(new CurvePoint(20, 2, 1, 4)))))
        .write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(count(image, BLUE)).isGreaterThan(300);
    assertThat(count(image, ORANGE)).isBetween(100, count(image, BLUE) * 2);
    int blueOverWhite = 0xD2E6F1;
    assertThat(near(image, blueOverWhite)).isGreaterThan(1000);
  }

  @Test
  void logarithmicAxesPutEqualFactorsEquallyFarApart() throws IOException {
    List<CurvePoint> powers =
        IntStream.rangeClosed(0, 6).mapToObj(e -> CurvePoint.exact(e, Math.pow(10, e))).toList();
    Path file = folder.resolve("log.png");
    new LineChart(
            "Powers", Axis.of("e"), Axis.logarithmic("10^e"), List.of(Curve.line("ten", powers)))
        .write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    int left = firstColumn(image, 0, 1);
    int right = firstColumn(image, image.getWidth() - 1, -1);
    double middle = row(image, (left + right) / 2);
    double mean = (row(image, left + 3) + row(image, right - 3)) / 2;
    assertThat(middle).isCloseTo(mean, within(4.0));
  }

  @Test
  void refusesWhatALogarithmicAxisCannotShow() {
    Curve zero = Curve.line("regret", List.of(CurvePoint.exact(1, 0)));

    assertThatThrownBy(
            () -> new LineChart("r", Axis.of("x"), Axis.logarithmic("lost"), List.of(zero)))
        .hasMessageContaining("regret")
        .hasMessageContaining("above zero");
  }

  @Test
  void refusesTwoCurvesOfOneName() {
    Curve curve = Curve.line("a", List.of(CurvePoint.exact(1, 1)));

    assertThatThrownBy(() -> new LineChart("t", Axis.of("x"), Axis.of("y"), List.of(curve, curve)))
        .hasMessageContaining("2 curves of 1 names");
  }

  @Test
  void refusesAPointOutsideItsInterval() {
    assertThatThrownBy(() -> new CurvePoint(1, 3, 1, 2)).hasMessageContaining("[1.0, 2.0]");
  }

  private static int count(BufferedImage image, int colour) {
    return (int)
        IntStream.range(0, image.getWidth() * image.getHeight())
            .filter(i -> pixel(image, i) == colour)
            .count();
  }

  private static int near(BufferedImage image, int colour) {
    return (int)
        IntStream.range(0, image.getWidth() * image.getHeight())
            .filter(i -> distance(pixel(image, i), colour) < 12)
            .count();
  }

  private static int distance(int one, int other) {
    return IntStream.of(0, 8, 16)
        .map(shift -> Math.abs((one >> shift & 255) - (other >> shift & 255)))
        .max()
        .orElseThrow();
  }

  private static int pixel(BufferedImage image, int index) {
    return image.getRGB(index % image.getWidth(), index / image.getWidth()) & 0xFFFFFF;
  }

  /** The plot ends above the legend, which shows the colour too. */
  private static int firstColumn(BufferedImage image, int from, int step) {
    int column = from;
    while (Double.isNaN(row(image, column))) {
      column += step;
    }
    return column;
  }

  private static double row(BufferedImage image, int column) {
    return IntStream.range(0, image.getHeight() * 4 / 5)
        .filter(row -> (image.getRGB(column, row) & 0xFFFFFF) == BLUE)
        .average()
        .orElse(Double.NaN);
  }
}
