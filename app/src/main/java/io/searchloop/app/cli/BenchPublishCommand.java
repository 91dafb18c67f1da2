package io.searchloop.app.cli;

import io.searchloop.app.bench.publishing.PublishBench;
import io.searchloop.app.bench.publishing.PublishPlan;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench publish}. */
@Command(
    name = "publish",
    description =
        "A release from its export to the first session that serves it, whole and as a delta; bytes"
            + " of training releases; a worker's start behind thousands of releases.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop bench publish --report f.json",
      "  ./searchloop bench publish --size 10m --rounds 10",
      "  ./searchloop bench publish --quick"
    })
final class BenchPublishCommand implements Callable<Integer> {
  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "25m",
      description =
          "Parameters of the releases that are served, four bytes each (default: ${DEFAULT-VALUE}).")
  private String size = "25m";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Keyframes and deltas that are served (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--trained-size",
      paramLabel = "N",
      defaultValue = "1m",
      description = "Network whose training releases are counted (default: ${DEFAULT-VALUE}).")
  private String trainedSize = "1m";

  @Option(
      names = "--releases",
      paramLabel = "N",
      defaultValue = "20",
      description = "Training releases at each learning rate (default: ${DEFAULT-VALUE}).")
  private int releases = 20;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of a tensor operation (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of weights and texts (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--quick",
      description = "A tiny network, few releases: shows that everything works, not how fast.")
  private boolean quick;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PublishPlan plan =
        quick
            ? PublishPlan.quick(threads, seed)
            : PublishPlan.full(size, rounds, trainedSize, releases, threads, seed);
    return options.run(
        spec,
        "publish",
        (folder, progress, command) ->
            new PublishBench(plan, folder, InstantSource.system(), progress).call(command));
  }
}
