package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every study that keeps something is told: its data, where it keeps it, and its seeds. */
final class StudyOptions {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "Products, queries and judgments, or the clicks of study clicks.")
  private Path dataset = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the study keeps what it makes, and report.json.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,3",
      description = "Seeds of splits, weights and choices (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of();

  Path dataset() {
    return dataset;
  }

  /** The dataset under the split of a seed. */
  Dataset dataset(long seed) {
    return DatasetReader.read(dataset, DatasetOptions.DEFAULT.withSplitSeed(seed));
  }

  Path out() {
    return out;
  }

  List<Long> seeds() {
    return seeds;
  }

  /** Sends the log to the study's folder; returns where people read. */
  PrintStream begin() {
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", out.resolve("searchloop.log").toString());
    return new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  /** A plan of what was given; what it refuses is the caller's mistake. */
  static <P> P plan(CommandSpec spec, Supplier<P> plan) {
    try {
      return plan.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes the report and shows the tables: hours of figures are not lost to a table that fails.
   *
   * @param write writes the report, before anything else that it writes
   * @return exit code
   */
  int finish(PrintStream console, Supplier<String> table, Consumer<Path> write) {
    Path file = out.resolve("report.json");
    write.accept(file);
    console.println();
    console.print(table.get());
    console.println("Report: " + file);
    return ExitCode.OK;
  }
}
