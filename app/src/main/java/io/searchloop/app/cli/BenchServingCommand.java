package io.searchloop.app.cli;

import io.searchloop.app.bench.ServingBench;
import io.searchloop.app.bench.ServingPlan;
import io.searchloop.app.bench.ServingReport;
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

/** {@code searchloop bench serving}. */
@Command(
    name = "serving",
    description =
        "Latency and throughput of rewrites at rising concurrency, alone and batched, cached and"
            + " not, beside the bare runs of the same session in the same process.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The policy has the demo's size and random weights; every answer has 8 tokens. Ratios are",
      "of medians in the same rounds, with a 95 %% interval over rounds.",
      "",
      "Examples:",
      "  ./searchloop bench serving --report f.json",
      "  ./searchloop bench serving --rounds 10 --cell PT3S --no-http",
      "  ./searchloop bench serving --quick"
    })
final class BenchServingCommand implements Callable<Integer> {
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Times each cell is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--cell",
      paramLabel = "TIME",
      defaultValue = "PT2S",
      description = "How long each time, in ISO form (default: ${DEFAULT-VALUE}).")
  private Duration cell = Duration.ofSeconds(2);

  @Option(
      names = "--http",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Measure worker processes over HTTP too (default: ${DEFAULT-VALUE}).")
  private boolean http = true;

  @Option(
      names = "--quick",
      description = "A tiny policy, two rounds: shows that everything works, not how fast.")
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
    ServingPlan plan = quick ? ServingPlan.quick() : ServingPlan.full(rounds, cell, http);
    try (BenchFolder folder = BenchFolder.in(dataDirectory, "serving", keep)) {
      ServingReport result =
          new ServingBench(plan, folder.path(), InstantSource.system(), line -> show(out, line))
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
