package io.searchloop.app.study.upkeep;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.json.ReportJson;
import io.searchloop.app.report.LoopReport;
import io.searchloop.app.study.MadeUnder;
import io.searchloop.app.study.PolicyTraining;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Does a reward model agree less with people on what its policy comes to find, and does learning it
 * anew mend that (RLP, arXiv 2403.19279, reduced as docs/adr/0047 says)? Policies, models and
 * figures that are there already are kept; one that was stopped goes on. Runs on the caller's
 * thread.
 */
public final class UpkeepStudy {
  private final UpkeepPlan plan;
  private final LongFunction<Dataset> datasets;
  private final Path policies;
  private final Path directory;
  private final PolicyTraining training;
  private final PrintStream console;

  /** What is kept of a seed. */
  private record Finished(List<StageFigures> figures) {}

  /**
   * @param datasets the dataset under the split of a seed
   * @param policies where {@code seed-S/warm-start} are policies trained under those splits
   * @param directory where policies, models and figures go, by seed
   */
  public UpkeepStudy(
      UpkeepPlan plan,
      LongFunction<Dataset> datasets,
      Path policies,
      Path directory,
      InstantSource clock,
      PrintStream console) {
    this.plan = plan;
    this.datasets = datasets;
    this.policies = policies;
    this.directory = directory;
    this.training = new PolicyTraining(clock, console);
    this.console = console;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when the folder holds a study of another plan
   */
  public UpkeepReport run(List<String> command) {
    Map<Long, List<StageFigures>> found = new LinkedHashMap<>();
    for (long seed : plan.seeds()) {
      found.put(seed, figures(seed));
    }
    return new UpkeepReport(command, LoopReport.machineFacts(), plan, found);
  }

  private List<StageFigures> figures(long seed) {
    Dataset dataset = datasets.apply(seed);
    Path warmStart = policies.resolve("seed-" + seed).resolve("warm-start");
    Path folder = directory.resolve("seed-" + seed);
    Path file = folder.resolve("figures.json");
    MadeUnder.of(dataset, plan.described(), warmStart).beginOrRequireSame(folder, console::println);
    if (Files.exists(file)) {
      return ReportJson.read(file, Finished.class).figures();
    }
    console.println("Split " + seed + ", from " + warmStart);
    try (UpkeepCourse course = new UpkeepCourse(plan, dataset, folder, training, seed, console)) {
      List<StageFigures> figures = course.run(warmStart);
      ReportJson.write(file, new Finished(figures));
      return figures;
    }
  }
}
