package io.searchloop.app.cli;

import io.searchloop.app.bench.training.TrainerBench;
import io.searchloop.app.bench.training.TrainerPlan;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.Precision;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench trainer}. */
@Command(
    name = "trainer",
    description =
        "Step time of supervised learning, GRPO and DPO beside the least that their arithmetic can"
            + " take on this machine, memory over many steps, checkpoints and exports.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The floor is 6 operations a parameter and token, 8 with a reference policy, at the rate of",
      "matrix products timed before each step. Parameters are the layers' matrices for all tokens",
      "and the head for predicted ones; looking up an embedding costs nothing.",
      "",
      "Examples:",
      "  ./searchloop bench trainer --report f.json",
      "  ./searchloop bench trainer --threads 2 --precision bf16",
      "  ./searchloop bench trainer --sizes 10m --rounds 20",
      "  ./searchloop bench trainer --quick"
    })
final class BenchTrainerCommand implements Callable<Integer> {
  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      defaultValue = "1m,10m,100m",
      description = "Networks by parameters, smallest first (default: ${DEFAULT-VALUE}).")
  private List<String> sizes = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Steps of each loss at each size, half as many at the last (default: ${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Option(
      names = "--memory-steps",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Steps over which memory is watched (default: ${DEFAULT-VALUE}).")
  private int memorySteps = 5000;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of a tensor operation (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "FP32",
      description =
          "Of matrix products, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--recompute",
      description = "Compute layers again for the gradient instead of keeping their results.")
  private boolean recompute;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of weights and texts (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--quick",
      description = "A tiny network, two rounds: shows that everything works, not how fast.")
  private boolean quick;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Compute compute = new Compute(precision, recompute);
    TrainerPlan plan =
        quick
            ? TrainerPlan.quick(threads, compute, seed)
            : TrainerPlan.full(sizes, rounds, memorySteps, threads, compute, seed);
    return options.run(
        spec,
        "trainer",
        (folder, progress, command) ->
            new TrainerBench(plan, folder, InstantSource.system(), progress).call(command));
  }
}
