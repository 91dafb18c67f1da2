package io.searchloop.app.fleet;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.json.ReportJson;
import io.searchloop.app.report.chart.Axis;
import io.searchloop.app.report.chart.Curve;
import io.searchloop.app.report.chart.CurvePoint;
import io.searchloop.app.report.chart.LineChart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How a long run went.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param samples one an interval
 * @param rush the calm before, the rush, the minute after; empty when none was asked for
 * @param last a look after the rush
 * @param starts of each process; 1 is one that never ended
 */
public record SoakReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    SoakPlan plan,
    List<SoakSample> samples,
    List<RushFigures> rush,
    SoakSample last,
    Map<String, Integer> starts)
    implements BenchReport {
  public SoakReport {
    samples = List.copyOf(samples);
    rush = List.copyOf(rush);
    starts = new TreeMap<>(starts);
  }

  /** In a rush searches may be shed, but neither fail nor be left without an answer. */
  @Override
  public boolean met() {
    return end().failed() == 0
        && rush.stream().allMatch(figures -> figures.other().isEmpty())
        && starts.values().stream().allMatch(count -> count == 1);
  }

  private SoakSample end() {
    return samples.get(samples.size() - 1);
  }

  /** A look, for a person. */
  static String line(SoakSample sample) {
    return "%6.1f min  %,9d searches  %d failed  %,6.0f MiB memory  lag %,d  %,6.0f MiB disk"
        .formatted(
            sample.minutes(),
            sample.searches(),
            sample.failed(),
            sum(sample.residentMib()),
            sample.lag().values().stream().mapToLong(Long::longValue).max().orElse(0),
            sample.diskMib());
  }

  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    SoakSample first = samples.get(0);
    SoakSample end = end();
    double minutes = end.minutes() - first.minutes();
    lines.add(
        "%,d searches in %.0f minutes, %d failed; processes that began anew: %d"
            .formatted(
                end.searches() - first.searches(),
                minutes,
                end.failed(),
                starts.values().stream().filter(count -> count > 1).count()));
    lines.add("                               quarter: first    second     third      last");
    end.residentMib()
        .keySet()
        .forEach(
            name ->
                lines.add(
                    quarters(name + ", MiB", at -> at.residentMib().getOrDefault(name, 0.0))));
    end.lag()
        .keySet()
        .forEach(
            name -> lines.add(quarters("lag of " + name, at -> at.lag().getOrDefault(name, 0L))));
    end.checkpoints().keySet().forEach(name -> lines.add(checkpoints(name, first, end, minutes)));
    lines.add(quarters("disk, MiB", SoakSample::diskMib));
    for (int i = 0; i < rush.size(); i++) {
      lines.add(rush(List.of("before", "rush", "after").get(i), rush.get(i)));
    }
    return lines;
  }

  @Override
  public void write(Path file) {
    ReportJson.write(file, this);
    chart("Memory", "MiB", file, "memory", SoakSample::residentMib);
    chart("Disk", "MiB", file, "disk", SoakReport::disk);
    chart("Records not read yet", "records", file, "lag", SoakReport::lag);
  }

  /** Means of the four quarters of the run. */
  private String quarters(String what, ToDoubleFunction<SoakSample> figure) {
    StringBuilder line = new StringBuilder("  %-32s".formatted(what));
    for (int quarter = 0; quarter < 4; quarter++) {
      List<SoakSample> part =
          samples.subList(samples.size() * quarter / 4, samples.size() * (quarter + 1) / 4);
      line.append("%,10.1f".formatted(mean(part.stream().mapToDouble(figure))));
    }
    return line.toString();
  }

  private String checkpoints(String job, SoakSample first, SoakSample end, double minutes) {
    int fewest = Integer.MAX_VALUE;
    for (int i = 1; i < samples.size(); i++) {
      fewest = Math.min(fewest, completed(job, samples.get(i - 1), samples.get(i)));
    }
    return "  checkpoints of %s: %.1f a minute, %d at least between two looks"
        .formatted(job, completed(job, first, end) / minutes, fewest);
  }

  private static int completed(String job, SoakSample from, SoakSample to) {
    return to.checkpoints().getOrDefault(job, 0) - from.checkpoints().getOrDefault(job, 0);
  }

  private static String rush(String name, RushFigures figures) {
    return ("  %-7s %,6.0f a second: %,d asked, %,d answered (median %.0f ms, 99 %% %.0f ms, slowest"
            + " %.0f ms), %,d shed, others %s, settled after %.0f s")
        .formatted(
            name,
            figures.rate(),
            figures.asked(),
            figures.answered(),
            figures.median(),
            figures.p99(),
            figures.slowest(),
            figures.shed(),
            figures.other(),
            figures.settled());
  }

  private void chart(
      String title,
      String unit,
      Path file,
      String suffix,
      Function<SoakSample, Map<String, ? extends Number>> figures) {
    Map<String, List<CurvePoint>> curves = new TreeMap<>();
    for (SoakSample sample : samples) {
      figures
          .apply(sample)
          .forEach(
              (name, value) ->
                  curves
                      .computeIfAbsent(name, any -> new ArrayList<>())
                      .add(CurvePoint.exact(sample.minutes(), value.doubleValue())));
    }
    new LineChart(
            title + ", simulated shoppers",
            Axis.of("minutes"),
            Axis.of(unit),
            curves.entrySet().stream()
                .map(curve -> Curve.line(curve.getKey(), curve.getValue()))
                .toList())
        .write(file.resolveSibling(name(file) + "-" + suffix + ".png"));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
  }

  private static Map<String, Double> disk(SoakSample sample) {
    return Map.of(
        "broker", sum(sample.topicMib()),
        "checkpoints of Flink", sample.folderMib().getOrDefault("flink", 0.0),
        "checkpoints of the trainer", sample.folderMib().getOrDefault("trainer", 0.0));
  }

  private static Map<String, Long> lag(SoakSample sample) {
    return sample.lag();
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double mean(DoubleStream figures) {
    return figures.average().orElse(0);
  }
}
