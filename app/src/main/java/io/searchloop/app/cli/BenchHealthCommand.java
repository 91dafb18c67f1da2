package io.searchloop.app.cli;

import io.searchloop.app.health.HealthBench;
import io.searchloop.app.health.HealthPlan;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench health}. */
@Command(
    name = "health",
    description =
        "Puts many simulated releases on trial and looks after every few visitors: how often one"
            + " that is no worse is rolled back or held, and how soon one that is worse.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when more than 5 %% of the releases that are no worse raise an alarm, or a",
      "release that is worse or loses visitors is promoted.",
      "",
      "Examples:",
      "  ./searchloop bench health --runs 1000 --report f.json",
      "  ./searchloop bench health --quick"
    })
final class BenchHealthCommand implements Callable<Integer> {
  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Trials of each kind of release (default: ${DEFAULT-VALUE}).")
  private int runs = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the visitors (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--quick",
      description = "Greater harm and fewer visitors: shows that everything works, in seconds.")
  private boolean quick;

  @Mixin private ReportOptions report = new ReportOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    HealthPlan plan = quick ? HealthPlan.quick(runs, seed) : HealthPlan.of(runs, seed);
    return report.finish(
        spec,
        new HealthBench(plan, InstantSource.system(), line -> ReportOptions.show(spec, line))
            .run(ReportOptions.commandLine(spec)));
  }
}
