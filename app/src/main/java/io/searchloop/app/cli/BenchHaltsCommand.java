package io.searchloop.app.cli;

import io.searchloop.app.bench.HaltsBench;
import io.searchloop.app.bench.HaltsPlan;
import io.searchloop.app.bench.HaltsReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench halts}. */
@Command(
    name = "halts",
    description =
        "Kills Flink at random moments under traffic and compares what readers see with the batch"
            + " oracle.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a tuple is missing, there twice or different.",
      "",
      "Examples:",
      "  ./searchloop bench halts --report h.json",
      "  ./searchloop bench halts --kills 100 --seed 3"
    })
final class BenchHaltsCommand implements Callable<Integer> {
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often Flink is killed (default: ${DEFAULT-VALUE}).")
  private int kills = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of traffic and kills (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

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
    try (BenchFolder folder = BenchFolder.in(dataDirectory, "halts", keep)) {
      HaltsReport result =
          new HaltsBench(
                  HaltsPlan.of(kills, seed),
                  folder.path(),
                  InstantSource.system(),
                  line -> show(out, line))
              .call(spec.root().commandLine().getParseResult().originalArgs());
      result.conclusions().forEach(line -> show(out, line));
      if (report != null) {
        result.write(report);
        show(out, "Report: " + report);
      }
      return result.clean() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
