package io.searchloop.app.cli;

import io.searchloop.app.bench.serving.SwapBench;
import io.searchloop.app.bench.serving.SwapPlan;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    SwapPlan plan = quick ? SwapPlan.quick() : SwapPlan.full(swaps, rate);
    return options.run(
        spec,
        "swap",
        (folder, progress, command) ->
            new SwapBench(plan, folder, InstantSource.system(), progress).call(command));
  }
}
