package io.searchloop.app.cli;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.attribution.HaltsBench;
import io.searchloop.app.bench.attribution.HaltsPlan;
import io.searchloop.app.bench.training.TrainerHaltsBench;
import io.searchloop.app.bench.training.TrainerHaltsPlan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench halts}. */
@Command(
    name = "halts",
    description =
        "Kills a component at random moments: Flink under traffic, and compares what readers see"
            + " with the batch oracle; or the trainer, and compares its releases bit by bit with"
            + " those of an uninterrupted one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a tuple is missing, there twice or different; or when a minibatch was",
      "trained twice or never, or a release has other weights.",
      "",
      "Examples:",
      "  ./searchloop bench halts --report h.json",
      "  ./searchloop bench halts --kills 100 --seed 3",
      "  ./searchloop bench halts --component trainer --kills 30 --report t.json"
    })
final class BenchHaltsCommand implements Callable<Integer> {
  enum Component {
    flink,
    trainer
  }

  @Option(
      names = "--component",
      paramLabel = "NAME",
      defaultValue = "flink",
      description = "What is killed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Component component = Component.flink;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often it is killed (default: ${DEFAULT-VALUE}).")
  private int kills = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the load and of the kills (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return options.run(
        spec,
        "halts",
        switch (component) {
          case flink -> this::killFlink;
          case trainer -> this::killTrainer;
        });
  }

  private BenchReport killFlink(Path folder, Consumer<String> progress, List<String> command) {
    return new HaltsBench(HaltsPlan.of(kills, seed), folder, InstantSource.system(), progress)
        .call(command);
  }

  private BenchReport killTrainer(Path folder, Consumer<String> progress, List<String> command) {
    return new TrainerHaltsBench(
            TrainerHaltsPlan.of(kills, seed), folder, InstantSource.system(), progress)
        .call(command);
  }
}
