package io.searchloop.app.study.upkeep;

import io.searchloop.app.report.chart.Axis;
import io.searchloop.app.report.chart.Curve;
import io.searchloop.app.report.chart.CurvePoint;
import io.searchloop.app.report.chart.LineChart;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Areas over the steps of a policy, a chart for each kind of product that was found. */
final class UpkeepCharts {
  private final UpkeepReport report;

  UpkeepCharts(UpkeepReport report) {
    this.report = report;
  }

  void write(Path folder) {
    for (ProductKind kind : ProductKind.values()) {
      List<Curve> curves = new ArrayList<>();
      add(curves, "frozen f", RewardArm.FROZEN, kind, AgreementFigures::frozen);
      add(curves, "learned anew, same policy", RewardArm.FROZEN, kind, AgreementFigures::refreshed);
      add(
          curves,
          "learned anew, its policy",
          RewardArm.REFRESHED,
          kind,
          AgreementFigures::refreshed);
      if (!curves.isEmpty()) {
        new LineChart(
                "Agreement with people on %s (simulated labels)".formatted(kind.title()),
                Axis.of("GRPO steps"),
                Axis.of("AUC"),
                curves)
            .write(folder.resolve("upkeep-" + kind.title().replace(' ', '-') + ".png"));
      }
    }
  }

  private void add(
      List<Curve> curves,
      String name,
      RewardArm arm,
      ProductKind kind,
      Function<AgreementFigures, Interval> figure) {
    List<CurvePoint> points = new ArrayList<>();
    for (int stage = 0; stage <= report.plan().stages(); stage++) {
      List<AgreementFigures> seeds = report.agreement(arm, stage, kind);
      if (!seeds.isEmpty()) {
        double steps = (double) stage * report.plan().steps();
        points.add(CurvePoint.of(steps, UpkeepReport.mean(seeds, figure)));
      }
    }
    if (!points.isEmpty()) {
      curves.add(Curve.line(name, points));
    }
  }
}
