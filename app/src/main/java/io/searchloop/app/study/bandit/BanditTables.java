package io.searchloop.app.study.bandit;

import static java.util.Locale.ROOT;

import io.searchloop.search.evaluation.Interval;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The study's tables in Markdown. */
final class BanditTables {
  private final BanditReport report;
  private final StringBuilder text = new StringBuilder();

  BanditTables(BanditReport report) {
    this.report = report;
  }

  String text() {
    arms();
    online("Online, last half of the run", SeedFigures::online, SeedRun.IDENTITY);
    online("Robots, shoppers' searches of the last half", SeedFigures::robots, SeedRun.NO_ROBOTS);
    online("Change of catalogue, after it", SeedFigures::change, SeedRun.FROZEN);
    multileaving();
    counterfactual();
    return text.toString();
  }

  private void arms() {
    row("arm", "all", kinds());
    row("---", "---", kinds().stream().map(kind -> "---").toList());
    first().armValues().keySet().forEach(arm -> row(arm, shown(value(arm, "all")), of(arm)));
    row("share of searches", "1", kinds().stream().map(kind -> share(kind)).toList());
    text.append('\n');
  }

  private List<String> of(String arm) {
    return kinds().stream().map(kind -> shown(value(arm, kind))).toList();
  }

  private String share(String kind) {
    return shown(seeds(seed -> seed.searchShares().getOrDefault(kind, 0.0)).mean());
  }

  private double value(String arm, String kind) {
    return seeds(seed -> seed.armValues().getOrDefault(arm, Map.of()).getOrDefault(kind, 0.0))
        .mean();
  }

  private List<String> kinds() {
    return List.copyOf(first().searchShares().keySet());
  }

  private void row(String first, String second, List<String> others) {
    text.append("| ").append(first).append(" | ").append(second).append(" | ");
    text.append(String.join(" | ", others)).append(" |\n");
  }

  private void online(
      String title, Function<SeedFigures, List<OnlineFigures>> part, String baseline) {
    text.append(title).append("\n\n");
    row("who chooses", "reward per search", List.of("to " + baseline, "regret of the whole run"));
    row("---", "---", List.of("---", "---"));
    for (OnlineFigures each : part.apply(first())) {
      String name = each.name();
      row(
          name,
          shown(seeds(seed -> of(part, seed, name).lastHalf()).mean()),
          List.of(
              shown(
                  seeds(
                      seed ->
                          of(part, seed, name).lastHalf() - of(part, seed, baseline).lastHalf())),
              String.format(
                  ROOT, "%.0f", seeds(seed -> last(of(part, seed, name).regret())).mean())));
    }
    text.append('\n');
  }

  private void multileaving() {
    text.append("Clicks a search lost by each query's arm with the best mean so far\n\n");
    row("searches", "one arm a visitor", List.of("merged pages", "difference"));
    row("---", "---", List.of("---", "---"));
    for (int i = 0; i < first().multileaving().size(); i++) {
      int size = i;
      row(
          Integer.toString(first().multileaving().get(i).searches()),
          shown(seeds(seed -> seed.multileaving().get(size).alone()).mean()),
          List.of(
              shown(seeds(seed -> seed.multileaving().get(size).merged()).mean()),
              shown(
                  seeds(
                      seed -> {
                        MultileavingFigures found = seed.multileaving().get(size);
                        return found.merged() - found.alone();
                      }))));
    }
    text.append('\n');
  }

  private static OnlineFigures of(
      Function<SeedFigures, List<OnlineFigures>> part, SeedFigures seed, String name) {
    return SeedFigures.named(part.apply(seed), name);
  }

  private void counterfactual() {
    for (SeedFigures seed : report.seeds()) {
      for (TargetFigures target : seed.counterfactual()) {
        text.append(
            String.format(
                ROOT,
                "Seed %d, %s: true %.4f, deployed %.4f, logging policy %.4f%n%n",
                seed.seed(),
                target.target(),
                target.expected(),
                target.deployed(),
                target.logged()));
        estimators(target);
      }
    }
  }

  private void estimators(TargetFigures target) {
    row(
        "estimator",
        "first log",
        List.of("bias", "RMSE", "width", "holds true", "holds deployed", "ESS", "largest w"));
    row("---", "---", List.of("---", "---", "---", "---", "---", "---", "---"));
    target
        .estimators()
        .forEach(
            (name, figures) ->
                row(
                    name,
                    String.format(
                        ROOT,
                        "%.3f [%.3f, %.3f]",
                        figures.first().value(),
                        figures.first().low(),
                        figures.first().high()),
                    List.of(
                        String.format(ROOT, "%+.4f", figures.bias()),
                        shown(figures.error()),
                        shown(figures.width()),
                        percent(figures.coversExpected()),
                        percent(figures.coversDeployed()),
                        String.format(ROOT, "%.0f", figures.effectiveSamples()),
                        String.format(ROOT, "%.1f", figures.largestWeight()))));
    text.append('\n');
  }

  private Interval seeds(ToDoubleFunction<SeedFigures> figure) {
    return Seeds.of(report.seeds().stream().mapToDouble(figure).toArray());
  }

  private SeedFigures first() {
    return report.seeds().get(0);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private static String percent(double share) {
    return String.format(ROOT, "%.0f %%", 100 * share);
  }

  private static String shown(double value) {
    return String.format(ROOT, "%.4f", value);
  }

  private static String shown(Interval found) {
    return found.signedText(4);
  }
}
