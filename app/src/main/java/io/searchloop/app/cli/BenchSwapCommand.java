package io.searchloop.app.cli;

import io.searchloop.app.bench.SwapBench;
import io.searchloop.app.bench.SwapPlan;
import io.searchloop.app.bench.SwapReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench swap}. */
@Command(
    name = "swap",
    description =
        "Swaps a worker between two releases under constant load, and scores decisions again with"
            + " the session of the version they name.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Requests arrive at a constant rate, whatever becomes of earlier ones; latency counts from",
      "their arrival. A swap's window ends a tenth of a second after the new version serves.",
      "",
      "Examples:",
      "  ./searchloop bench swap --swaps 500 --report f.json",
      "  ./searchloop bench swap --swaps 100 --rate 100",
      "  ./searchloop bench swap --quick"
    })
final class BenchSwapCommand implements Callable<Integer> {
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--swaps",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int swaps = 500;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "40",
      description = "Requests that arrive a second (default: ${DEFAULT-VALUE}).")
  private int rate = 40;

  @Option(
      names = "--quick",
      description = "Tiny policies, six swaps: shows that everything works, not how fast.")
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
    SwapPlan plan = quick ? SwapPlan.quick() : SwapPlan.full(swaps, rate);
    try (BenchFolder folder = BenchFolder.in(dataDirectory, "swap", keep)) {
      SwapReport result =
          new SwapBench(plan, folder.path(), InstantSource.system(), line -> show(out, line))
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
