package io.searchloop.app.cli;

import io.searchloop.app.bench.HaltsBench;
import io.searchloop.app.bench.HaltsPlan;
import io.searchloop.app.bench.HaltsReport;
import io.searchloop.app.bench.TrainerHaltsBench;
import io.searchloop.app.bench.TrainerHaltsPlan;
import io.searchloop.app.bench.TrainerHaltsReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

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
      return switch (component) {
        case flink -> killFlink(folder.path(), out);
        case trainer -> killTrainer(folder.path(), out);
      };
    }
  }

  private int killFlink(Path folder, PrintWriter out) {
    HaltsReport result =
        new HaltsBench(
                HaltsPlan.of(kills, seed), folder, InstantSource.system(), line -> show(out, line))
            .call(commandLine());
    return finish(out, result.conclusions(), result::write, result.clean());
  }

  private int killTrainer(Path folder, PrintWriter out) {
    TrainerHaltsReport result =
        new TrainerHaltsBench(
                TrainerHaltsPlan.of(kills, seed),
                folder,
                InstantSource.system(),
                line -> show(out, line))
            .call(commandLine());
    return finish(out, result.conclusions(), result::write, result.clean());
  }

  private int finish(
      PrintWriter out, List<String> conclusions, Consumer<Path> write, boolean clean) {
    conclusions.forEach(line -> show(out, line));
    if (report != null) {
      write.accept(report);
      show(out, "Report: " + report);
    }
    return clean ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<String> commandLine() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
