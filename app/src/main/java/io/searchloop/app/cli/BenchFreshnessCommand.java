package io.searchloop.app.cli;

import io.searchloop.app.bench.FreshnessBench;
import io.searchloop.app.bench.FreshnessPlan;
import io.searchloop.app.bench.FreshnessReport;
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

/** {@code searchloop bench freshness}. */
@Command(
    name = "freshness",
    description =
        "From a click to the first decision of a policy that learned from it, stage by stage, on"
            + " the whole loop with simulated shoppers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when the machinery takes more than ten seconds for one click in twenty.",
      "",
      "Examples:",
      "  ./searchloop bench freshness --report f.json",
      "  ./searchloop bench freshness --minutes 10 --shoppers.searches-per-second 80"
    })
final class BenchFreshnessCommand implements Callable<Integer> {
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final Settings settings;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long clicks are noted (default: ${DEFAULT-VALUE}).")
  private double minutes = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description = "Traffic before that (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofMinutes(1);

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "data/bench",
      description = "Where the folder of this run is made (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of("data", "bench");

  @Option(names = "--keep", description = "Keep that folder.")
  private boolean keep;

  @Spec private CommandSpec spec = CommandSpec.create();

  BenchFreshnessCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    FreshnessPlan plan =
        FreshnessPlan.of(
            warmUp, Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE)), settings.values());
    try (BenchFolder folder = BenchFolder.in(dataDirectory, "freshness", keep)) {
      FreshnessReport result =
          new FreshnessBench(
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
