package io.searchloop.app.study;

import io.searchloop.app.dataset.ClickLog;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.ClickComparison;
import io.searchloop.app.report.LoopReport;
import io.searchloop.search.merging.FusionWeights;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Does a policy that saw nothing but clicks rank better what shoppers click in the weeks after? The
 * log is replayed in click order: whatever ranks a click learned from earlier ones alone. Policies
 * that are there already are not trained again; one that was stopped goes on. Runs on the caller's
 * thread.
 */
public final class ClickStudy {
  /** As {@code evaluate} has it. */
  private static final long BOOTSTRAP = 1;

  private final ClickPlan plan;
  private final ClickLog log;
  private final Path directory;
  private final InstantSource clock;
  private final PrintStream console;

  /**
   * @param directory where policies go, by seed
   */
  public ClickStudy(
      ClickPlan plan, ClickLog log, Path directory, InstantSource clock, PrintStream console) {
    this.plan = plan;
    this.log = log;
    this.directory = directory;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   */
  public ClickReport run(List<String> command) {
    List<Instant> weeks = plan.weeks(log);
    ClickLog learned = log.before(weeks.get(0));
    Dataset dataset = learned.dataset();
    for (long seed : plan.seeds()) {
      train(seed, dataset, weeks);
    }
    console.println("Judging by later clicks ...");
    ClickLog later = log.between(weeks.get(0), weeks.get(weeks.size() - 1));
    try (ClickArms arms = new ClickArms(log, weeks, plan, FusionWeights.DEFAULT, directory)) {
      return new ClickReport(
          command,
          LoopReport.machineFacts(),
          plan,
          weeks,
          log.leftOut(),
          log.problems(),
          learned.clicks().size(),
          dataset.queries().size(),
          later.clicks().size(),
          new ClickComparison(dataset, BOOTSTRAP).of(arms.scores(), ClickArms.BASELINES));
    }
  }

  private void train(long seed, Dataset dataset, List<Instant> weeks) {
    Path folder = directory.resolve("seed-" + seed);
    Path warmStart = folder.resolve(ClickArms.WARM_START);
    Path last = folder.resolve(ClickArms.CLICKS);
    PolicyTraining training = new PolicyTraining(clock, console);
    training.require(dataset, warmStart, plan.warmStart(seed), null);
    training.require(dataset, last, plan.clicks(seed, plan.steps()), warmStart);
    for (int week = 1; week < weeks.size() - 1 && plan.moreSteps() > 0; week++) {
      Path next = folder.resolve(ClickArms.goneOn(week));
      training.require(
          log.before(weeks.get(week)).dataset(), next, plan.clicks(seed, plan.moreSteps()), last);
      last = next;
    }
  }
}
