package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Ratio;
import io.searchloop.app.bench.Spread;
import io.searchloop.app.report.LoopReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a rewrite costs, with everything needed to measure it again.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param answerTokens tokens of each answer
 * @param cells figures by way, candidates and concurrency, one for each round
 * @param ratios what was asked for: bare p50 over the sampler's, throughput together over alone
 */
public record ServingReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    ServingPlan plan,
    int answerTokens,
    List<Cell> cells,
    List<Ratio> ratios)
    implements BenchReport {
  private static final double LEAST_OF_BARE = 1 / 1.25;
  private static final double LEAST_TOGETHER = 3;

  /**
   * One way at one load.
   *
   * @param path the way
   * @param candidates rollouts a query
   * @param concurrency askers at once
   * @param rounds figures, one for each round
   * @param cached share of answers from the cache
   */
  public record Cell(
      String path, int candidates, int concurrency, List<LoadFigures> rounds, double cached) {
    double[] each(ToDoubleFunction<LoadFigures> figure) {
      return rounds.stream().mapToDouble(figure).toArray();
    }
  }

  static ServingReport of(
      List<String> command,
      Instant started,
      Instant finished,
      ServingPlan plan,
      int answerTokens,
      List<Cell> cells) {
    return new ServingReport(
        command,
        started,
        finished,
        LoopReport.machineFacts(),
        plan,
        answerTokens,
        List.copyOf(cells),
        ratios(plan, cells));
  }

  private static List<Ratio> ratios(ServingPlan plan, List<Cell> cells) {
    List<Ratio> ratios = new ArrayList<>();
    int most = plan.concurrency().stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (int n : plan.candidates()) {
      find(cells, ServingPath.BARE, n, 1)
          .ifPresent(
              bare -> {
                for (ServingPath path : List.of(ServingPath.SAMPLER, ServingPath.HTTP)) {
                  find(cells, path, n, 1)
                      .ifPresent(
                          cell ->
                              ratios.add(
                                  Ratio.of(
                                      "p50 of bare over %s, N=%d at 1".formatted(cell.path(), n),
                                      bare.each(LoadFigures::p50Millis),
                                      Arrays.copyOf(
                                          cell.each(LoadFigures::p50Millis), plan.rounds()),
                                      LEAST_OF_BARE)));
                }
              });
      together(cells, ServingPath.SAMPLER, ServingPath.SAMPLER_ALONE, n, most)
          .ifPresent(ratios::add);
      together(cells, ServingPath.SAMPLER, ServingPath.BARE, n, most).ifPresent(ratios::add);
      together(cells, ServingPath.HTTP, ServingPath.HTTP_ALONE, n, most).ifPresent(ratios::add);
    }
    return List.copyOf(ratios);
  }

  private static Optional<Ratio> together(
      List<Cell> cells, ServingPath path, ServingPath alone, int candidates, int concurrency) {
    return find(cells, path, candidates, concurrency)
        .flatMap(
            together ->
                find(cells, alone, candidates, concurrency)
                    .map(
                        apart ->
                            Ratio.of(
                                "throughput of %s over %s, N=%d at %d"
                                    .formatted(
                                        together.path(), apart.path(), candidates, concurrency),
                                together.each(LoadFigures::perSecond),
                                apart.each(LoadFigures::perSecond),
                                LEAST_TOGETHER)));
  }

  private static Optional<Cell> find(
      List<Cell> cells, ServingPath path, int candidates, int concurrency) {
    return cells.stream()
        .filter(cell -> cell.path().equals(path.label()))
        .filter(cell -> cell.candidates() == candidates && cell.concurrency() == concurrency)
        .findFirst();
  }

  /** Every request was answered by the policy. */
  @Override
  public boolean met() {
    return cells.stream()
        .flatMap(cell -> cell.rounds().stream())
        .allMatch(figures -> figures.failed() == 0);
  }

  /** A table, then the answers. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    lines.add("path            N   at    /s   p50 ms   p99 ms  cached  (medians of the rounds)");
    for (Cell cell : cells) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-14s %2d %4d %5.0f %8.2f %8.2f %6.0f%%",
              cell.path(),
              cell.candidates(),
              cell.concurrency(),
              Spread.of(cell.each(LoadFigures::perSecond)).median(),
              Spread.of(cell.each(LoadFigures::p50Millis)).median(),
              Spread.of(cell.each(LoadFigures::p99Millis)).median(),
              100 * cell.cached()));
    }
    for (Ratio ratio : ratios) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %.2f [%.2f, %.2f], asked %.2f%s",
              ratio.name(),
              ratio.mean(),
              ratio.low(),
              ratio.high(),
              ratio.least(),
              ratio.met() ? "" : ": MISSED"));
    }
    lines.add(met() ? "Every request was answered by the policy." : "SOME FELL BACK OR FAILED.");
    return lines;
  }
}
