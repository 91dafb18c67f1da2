package io.searchloop.app.study;

import io.searchloop.app.report.chart.Axis;
import io.searchloop.app.report.chart.Curve;
import io.searchloop.app.report.chart.CurvePoint;
import io.searchloop.app.report.chart.LineChart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Pictures of an online study, a file for each seed: what the newest version was worth as minutes
 * passed, beside what does not learn, and how much was lost to the best of those.
 */
record OnlineCharts(List<OnlineOutcome> outcomes) {

  /** Writes {@code online-worth-SEED.png} and {@code online-regret-SEED.png} into a folder. */
  void write(Path folder) {
    for (long seed : new TreeSet<>(outcomes.stream().map(OnlineOutcome::seed).toList())) {
      List<OnlineOutcome> same = outcomes.stream().filter(one -> one.seed() == seed).toList();
      worths(seed, same).write(folder.resolve("online-worth-" + seed + ".png"));
      regrets(seed, same).write(folder.resolve("online-regret-" + seed + ".png"));
    }
  }

  private static LineChart worths(long seed, List<OnlineOutcome> same) {
    List<Curve> curves = new ArrayList<>();
    same.forEach(one -> curves.add(Curve.line(one.scenario(), newest(one))));
    OnlineOutcome longest = same.get(0);
    Yardsticks first = longest.before();
    first.fixed().forEach((name, worth) -> curves.add(level(name, worth, longest)));
    curves.add(level("oracle of the fixed", first.oracle(), longest));
    return new LineChart(
        "Worth of the newest version, split " + seed + " (simulated shoppers)",
        Axis.of("minutes of shopping"),
        Axis.of("expected reward a search"),
        curves);
  }

  private static LineChart regrets(long seed, List<OnlineOutcome> same) {
    List<Curve> curves = new ArrayList<>();
    same.forEach(
        one -> {
          curves.add(
              Curve.line(one.scenario() + ", to best fixed", lost(one, Yardsticks::bestFixed)));
          curves.add(Curve.dashes(one.scenario() + ", to oracle", lost(one, Yardsticks::oracle)));
        });
    return new LineChart(
        "Regret, split " + seed + " (simulated shoppers)",
        Axis.of("minutes of shopping"),
        Axis.of("reward a search lost, times minutes"),
        curves);
  }

  /** A version is worth the same until the next one comes. */
  private static List<CurvePoint> newest(OnlineOutcome outcome) {
    List<CurvePoint> points = new ArrayList<>();
    List<VersionWorth> versions = outcome.versions();
    for (int i = 0; i < versions.size(); i++) {
      VersionWorth one = versions.get(i);
      boolean last = i + 1 == versions.size();
      points.add(CurvePoint.exact(one.minutes(), one.worth()));
      points.add(
          CurvePoint.exact(last ? outcome.minutes() : versions.get(i + 1).minutes(), one.worth()));
    }
    return points;
  }

  private static Curve level(String name, double worth, OnlineOutcome outcome) {
    return Curve.dashes(
        name, List.of(CurvePoint.exact(0, worth), CurvePoint.exact(outcome.minutes(), worth)));
  }

  private static List<CurvePoint> lost(
      OnlineOutcome outcome, ToDoubleFunction<Yardsticks> against) {
    return outcome.lost(against).stream()
        .map(lost -> CurvePoint.exact(lost.minutes(), lost.worth()))
        .toList();
  }
}
