package io.searchloop.app.study.bandit;

import io.searchloop.app.report.chart.Axis;
import io.searchloop.app.report.chart.Curve;
import io.searchloop.app.report.chart.CurvePoint;
import io.searchloop.app.report.chart.LineChart;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The study's pictures: means over seeds, bands where a curve is a difference. */
final class BanditCharts {
  private static final Axis SEARCHES = Axis.of("searches");

  private final BanditReport report;

  BanditCharts(BanditReport report) {
    this.report = report;
  }

  void write(Path folder) {
    regret().write(folder.resolve("bandit-regret.png"));
    gain().write(folder.resolve("bandit-gain.png"));
    change().write(folder.resolve("bandit-catalogue-change.png"));
    multileaving().write(folder.resolve("bandit-multileaving.png"));
    counterfactual().write(folder.resolve("bandit-counterfactual.png"));
  }

  private LineChart regret() {
    List<Curve> curves = new ArrayList<>();
    for (OnlineFigures each : report.seeds().get(0).online()) {
      List<CurvePoint> points = points(SeedFigures::online, each.name(), OnlineFigures::regret);
      boolean bandit = each.name().startsWith("bandit");
      if (!each.name().equals(SeedRun.ORACLE) && !each.name().equals(SeedRun.BEST_FIXED)) {
        curves.add(bandit ? Curve.line(each.name(), points) : Curve.dashes(each.name(), points));
      }
    }
    return new LineChart(
        "Reward lost to the best arm of each query (simulated shoppers)",
        SEARCHES,
        Axis.of("cumulative regret"),
        curves);
  }

  private LineChart gain() {
    List<Curve> curves = new ArrayList<>();
    for (String name : List.of(SeedRun.BANDIT, SeedRun.BANDIT_QUERY)) {
      curves.add(Curve.line(name, differences(SeedFigures::online, name, SeedRun.IDENTITY)));
    }
    for (String name : List.of(SeedRun.BEST_FIXED, SeedRun.BEST_OF_KIND)) {
      List<CurvePoint> points = differences(SeedFigures::online, name, SeedRun.IDENTITY);
      curves.add(Curve.dashes(name, points));
    }
    return new LineChart(
        "Reward per search above identity, up to here (simulated shoppers)",
        SEARCHES,
        Axis.of("reward per search, difference"),
        curves);
  }

  private LineChart change() {
    List<Curve> curves = new ArrayList<>();
    for (String name : List.of(SeedRun.BANDIT, SeedRun.FORGETFUL, SeedRun.BEST_OF_KIND)) {
      List<CurvePoint> points = differences(SeedFigures::change, name, SeedRun.FROZEN);
      curves.add(
          name.equals(SeedRun.BEST_OF_KIND)
              ? Curve.dashes(name, points)
              : Curve.line(name, points));
    }
    return new LineChart(
        "Reward gained on a bandit frozen at the change of catalogue (simulated)",
        SEARCHES,
        Axis.of("cumulative reward, difference"),
        curves);
  }

  private LineChart multileaving() {
    List<Curve> curves =
        List.of(
            Curve.line("one arm a visitor", lost(MultileavingFigures::alone)),
            Curve.line("merged pages", lost(MultileavingFigures::merged)));
    return new LineChart(
        "What choosing each query's arm by clicks so far loses (simulated shoppers)",
        Axis.logarithmic("searches"),
        Axis.of("clicks a search"),
        curves);
  }

  private List<CurvePoint> lost(ToDoubleFunction<MultileavingFigures> figure) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < report.seeds().get(0).multileaving().size(); i++) {
      int size = i;
      double[] values =
          report.seeds().stream()
              .mapToDouble(seed -> figure.applyAsDouble(seed.multileaving().get(size)))
              .toArray();
      points.add(
          CurvePoint.of(report.seeds().get(0).multileaving().get(i).searches(), Seeds.of(values)));
    }
    return points;
  }

  /** First logs of every seed and target: what was foretold, over what was earned. */
  private LineChart counterfactual() {
    List<Curve> curves = new ArrayList<>();
    List<String> names =
        List.copyOf(report.seeds().get(0).counterfactual().get(0).estimators().keySet());
    List<CurvePoint> truth = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<CurvePoint> points = new ArrayList<>();
      int place = 0;
      for (SeedFigures seed : report.seeds()) {
        for (TargetFigures target : seed.counterfactual()) {
          EstimatorFigures figures = target.of(name);
          double x = ++place + .2 * (i - 1);
          points.add(
              new CurvePoint(
                  x,
                  figures.first().value() - target.expected(),
                  figures.first().low() - target.expected(),
                  figures.first().high() - target.expected()));
          if (i == 0) {
            truth.add(CurvePoint.exact(place + .4, target.deployed() - target.expected()));
          }
        }
      }
      curves.add(Curve.points(name, points));
    }
    curves.add(Curve.points("deployed", truth));
    return new LineChart(
        "Estimates of policies that never ran, less their true value (simulated)",
        Axis.of("seed and target policy"),
        Axis.of("reward per search, difference"),
        curves);
  }

  private List<CurvePoint> points(
      Function<SeedFigures, List<OnlineFigures>> part,
      String name,
      Function<OnlineFigures, List<Double>> curve) {
    return over(
        checkpoint ->
            seed -> curve.apply(SeedFigures.named(part.apply(seed), name)).get(checkpoint),
        false);
  }

  /** Regret of the other less its own is what was gained on it. */
  private List<CurvePoint> differences(
      Function<SeedFigures, List<OnlineFigures>> part, String name, String baseline) {
    boolean perSearch = !baseline.equals(SeedRun.FROZEN);
    return over(
        checkpoint ->
            seed -> {
              List<OnlineFigures> all = part.apply(seed);
              double gained =
                  SeedFigures.named(all, baseline).regret().get(checkpoint)
                      - SeedFigures.named(all, name).regret().get(checkpoint);
              return perSearch ? gained / searches(checkpoint) : gained;
            },
        true);
  }

  private List<CurvePoint> over(
      Function<Integer, ToDoubleFunction<SeedFigures>> figure, boolean band) {
    List<CurvePoint> points = new ArrayList<>();
    for (int checkpoint = 0; checkpoint < OnlineFigures.CHECKPOINTS; checkpoint++) {
      Interval interval =
          Seeds.of(report.seeds().stream().mapToDouble(figure.apply(checkpoint)).toArray());
      double x = searches(checkpoint);
      points.add(band ? CurvePoint.of(x, interval) : CurvePoint.exact(x, interval.mean()));
    }
    return points;
  }

  private double searches(int checkpoint) {
    return (double) report.plan().searches() * (checkpoint + 1) / OnlineFigures.CHECKPOINTS;
  }
}
