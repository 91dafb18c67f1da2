package io.searchloop.app.study.upkeep;

import io.searchloop.app.json.ReportJson;
import io.searchloop.app.study.SeedMean;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the upkeep study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param seeds by seed, both arms in order of stages
 */
public record UpkeepReport(
    List<String> command,
    Map<String, String> machine,
    UpkeepPlan plan,
    Map<Long, List<StageFigures>> seeds) {
  public UpkeepReport {
    seeds = new TreeMap<>(seeds);
  }

  /** Tables of a results page: means over seeds. */
  public String table() {
    return new UpkeepTables(this).text();
  }

  /** Draws areas over stages, a chart for each kind of product. */
  public void draw(Path folder) {
    new UpkeepCharts(this).write(folder);
  }

  /** Figures of an arm's stage, of every seed that has them. */
  List<StageFigures> of(RewardArm arm, int stage) {
    return seeds.values().stream()
        .flatMap(List::stream)
        .filter(figures -> figures.arm() == arm && figures.stage() == stage)
        .toList();
  }

  /** Agreement of an arm's stage, of every seed that has such products of both kinds. */
  List<AgreementFigures> agreement(RewardArm arm, int stage, ProductKind kind) {
    return of(arm, stage).stream()
        .flatMap(figures -> Optional.ofNullable(figures.agreement().get(kind)).stream())
        .toList();
  }

  /** Rewards of an arm's stage, likewise. */
  List<RewardFigures> rewards(RewardArm arm, int stage, ProductKind kind) {
    return of(arm, stage).stream()
        .flatMap(figures -> Optional.ofNullable(figures.rewards().get(kind)).stream())
        .toList();
  }

  /** The mean of the seeds. */
  static <T> Interval mean(List<T> seeds, Function<T, Interval> figure) {
    return SeedMean.of(seeds.stream().map(figure).toList());
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
