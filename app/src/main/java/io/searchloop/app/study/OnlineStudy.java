package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.json.ReportJson;
import io.searchloop.app.launcher.Directories;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.report.LoopReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What does a shop earn from a loop that learns while shoppers come? Runs the loop under scenarios,
 * one shop after another; a shop that is done already is not opened again. Runs on the caller's
 * thread.
 */
public final class OnlineStudy {
  private static final String OUTCOME = "outcome.json";

  private final OnlinePlan plan;
  private final LongFunction<Dataset> datasets;
  private final LongFunction<@Nullable Path> policies;
  private final Path directory;
  private final InstantSource clock;
  private final PrintStream console;

  /**
   * @param datasets the shop of a seed
   * @param policies the policy that its loop begins with; null for a warm start of its own
   * @param directory where shops keep their state, by seed and scenario
   */
  public OnlineStudy(
      OnlinePlan plan,
      LongFunction<Dataset> datasets,
      LongFunction<@Nullable Path> policies,
      Path directory,
      InstantSource clock,
      PrintStream console) {
    this.plan = plan;
    this.datasets = datasets;
    this.policies = policies;
    this.directory = directory;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when a shop that is done was run under other settings
   */
  public OnlineReport run(List<String> command) {
    List<OnlineOutcome> outcomes = new ArrayList<>();
    for (long seed : plan.seeds()) {
      Dataset dataset = datasets.apply(seed);
      for (OnlineScenario scenario : plan.scenarios()) {
        outcomes.add(outcome(dataset, scenario, seed));
      }
    }
    return new OnlineReport(
        LoopReport.SIMULATED, command, LoopReport.machineFacts(), plan, outcomes);
  }

  private OnlineOutcome outcome(Dataset dataset, OnlineScenario scenario, long seed) {
    Path folder = directory.resolve("seed-" + seed).resolve(scenario.key());
    Path file = folder.resolve(OUTCOME);
    Path policy = policies.apply(seed);
    MadeUnder made = MadeUnder.of(dataset, plan.described(scenario, seed), policy);
    if (Files.exists(file)) {
      made.requireSame(file, console::println);
      return ReportJson.read(file, OnlineOutcome.class);
    }
    Path state = folder.resolve("loop");
    if (Directories.delete(state)) {
      console.println("A shop that was interrupted is opened anew.");
    }
    console.println("Opening shop " + folder + " ...");
    OnlineOutcome outcome =
        new OnlineRun(
                dataset,
                scenario,
                seed,
                LoopSettings.of(plan.settings(scenario, seed), true),
                plan.shopping(),
                policy,
                state,
                clock,
                console)
            .run();
    made.keep(file);
    ReportJson.write(file, outcome);
    return outcome;
  }
}
