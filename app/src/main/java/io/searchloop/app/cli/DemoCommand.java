package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.launcher.LoopSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code searchloop demo}: the whole loop in this process. */
@Command(
    name = "demo",
    description =
        "Runs the whole loop in one process: Kafka, schema registry, Flink, trainer, worker and"
            + " simulated shoppers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop demo",
      "  ./searchloop demo --minutes 10 --headless --report r.json",
      "  ./searchloop demo --dataset data/datasets/homedepot --minutes 20",
      "  ./searchloop demo --serving.port 8090 --trainer.learning-rate 0"
    })
final class DemoCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Stop after N minutes, the warm start included (default: on Ctrl-C).")
  private double minutes;

  @Option(names = "--headless", description = "A line every ten seconds instead of a live view.")
  private boolean headless;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "All state; a second start on it resumes (default: data/<dataset>).")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description =
          "Real products, queries and judgments instead of the generated marketplace:"
              + " products.jsonl.gz, queries.tsv, judgments.tsv.")
  private @Nullable Path datasetDirectory;

  @Option(names = "--help-settings", description = "List every setting with its default.")
  private boolean helpSettings;

  DemoCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (helpSettings) {
      LoopSettings.known()
          .forEach((key, text) -> out.printf("--%-40s %s%n", key, text.replace("\t", "   ")));
      return ExitCode.OK;
    }
    LoopSettings loop = LoopSettings.of(settings.values(), datasetDirectory != null);
    loop.console().people(); // a mistake in them is found before anything starts
    loop.serving().people();
    Dataset dataset = dataset(loop, out);
    Path directory = dataDirectory == null ? Path.of("data", dataset.name()) : dataDirectory;
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", directory.resolve("searchloop.log").toString());
    out.println("State and log: " + directory);
    return new DemoRun(
            dataset,
            loop,
            settings.values(),
            directory,
            cache(),
            minutes > 0 ? Duration.ofMillis((long) (minutes * 60_000)) : null,
            report,
            InstantSource.system(),
            out,
            !headless && System.console() != null)
        .call();
  }

  private Dataset dataset(LoopSettings loop, PrintStream out) {
    if (datasetDirectory == null) {
      return GeneratedMarketplace.generate(loop.marketplace());
    }
    Dataset dataset = DatasetReader.read(datasetDirectory);
    if (dataset.problems().count() > 0) {
      dataset.problems().first().forEach(out::println);
      out.println(dataset.problems().count() + " unreadable lines were left out.");
    }
    return dataset;
  }

  /** By the XDG base directory rules: a cache is no state and may be shared and deleted. */
  static Path cache() {
    String cacheHome = System.getenv("XDG_CACHE_HOME");
    Path base =
        cacheHome == null || cacheHome.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cacheHome);
    return base.resolve("searchloop").resolve("warm-starts");
  }
}
