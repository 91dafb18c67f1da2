package io.searchloop.app.cli;

import io.searchloop.app.bench.serving.ServingBench;
import io.searchloop.app.bench.serving.ServingPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    ServingPlan plan = quick ? ServingPlan.quick() : ServingPlan.full(rounds, cell, http);
    return options.run(
        spec,
        "serving",
        (folder, progress, command) ->
            new ServingBench(plan, folder, InstantSource.system(), progress).call(command));
  }
}
