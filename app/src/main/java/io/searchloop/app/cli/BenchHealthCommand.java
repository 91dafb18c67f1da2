package io.searchloop.app.cli;

import io.searchloop.app.health.HealthBench;
import io.searchloop.app.health.HealthPlan;
import io.searchloop.app.health.HealthReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    HealthPlan plan = quick ? HealthPlan.quick(runs, seed) : HealthPlan.of(runs, seed);
    HealthReport result =
        new HealthBench(plan, InstantSource.system(), line -> show(out, line))
            .run(spec.root().commandLine().getParseResult().originalArgs());
    result.conclusions().forEach(line -> show(out, line));
    if (report != null) {
      result.write(report);
      show(out, "Report: " + report);
    }
    return result.clean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
