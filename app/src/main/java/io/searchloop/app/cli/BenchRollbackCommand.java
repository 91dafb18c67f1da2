package io.searchloop.app.cli;

import io.searchloop.app.bench.RollbackBench;
import io.searchloop.app.bench.RollbackPlan;
import io.searchloop.app.bench.RollbackReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench rollback}. */
@Command(
    name = "rollback",
    description =
        "From a rollback to the moment that the last of several worker processes serves its target,"
            + " also while a transaction is open on the topics that jobs and trainer write.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when 99 of 100 rollbacks take a second or more.",
      "",
      "Examples:",
      "  ./searchloop bench rollback --workers 3 --report f.json",
      "  ./searchloop bench rollback --quick"
    })
final class BenchRollbackCommand implements Callable<Integer> {
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Worker processes (default: ${DEFAULT-VALUE}).")
  private int workers = 3;

  @Option(
      names = "--rollbacks",
      paramLabel = "N",
      defaultValue = "200",
      description = "Rollbacks, half with an open transaction (default: ${DEFAULT-VALUE}).")
  private int rollbacks = 200;

  @Option(
      names = "--pause",
      paramLabel = "DURATION",
      defaultValue = "PT0.2S",
      description = "Pause between two (default: ${DEFAULT-VALUE}).")
  private Duration pause = Duration.ofMillis(200);

  @Option(
      names = "--quick",
      description = "A tiny policy: shows that everything works, not how fast.")
  private boolean quick;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "data/bench",
      description = "Where the folder of this run is made (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of("data", "bench");

  @Option(names = "--keep", description = "Keep that folder.")
  private boolean keep;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RollbackPlan plan = new RollbackPlan(workers, rollbacks, pause, quick);
    try (BenchFolder folder = BenchFolder.in(dataDirectory, "rollback", keep)) {
      RollbackReport result =
          new RollbackBench(
                  plan,
                  folder.path(),
                  DemoCommand.cache(),
                  InstantSource.system(),
                  line -> show(out, line))
              .call(spec.root().commandLine().getParseResult().originalArgs());
      result.conclusions().forEach(line -> show(out, line));
      if (report != null) {
        result.write(report);
        show(out, "Report: " + report);
      }
      return result.met() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
