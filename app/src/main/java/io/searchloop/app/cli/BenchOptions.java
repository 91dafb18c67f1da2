package io.searchloop.app.cli;

import io.searchloop.app.bench.BenchReport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a benchmark runs: in a new folder, deleted after it. */
final class BenchOptions {
  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "data/bench",
      description = "Where the folder of this run is made (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of("data", "bench");

  @Option(names = "--keep", description = "Keep that folder.")
  private boolean keep;

  /** A benchmark, given an empty folder, somebody to tell what happens, and its command line. */
  @FunctionalInterface
  interface Bench {
    BenchReport run(Path folder, Consumer<String> progress, List<String> command)
        throws InterruptedException;
  }

  /**
   * Runs a benchmark and reports what it found.
   *
   * @param name first part of the folder's name
   * @return exit code
   */
  int run(CommandSpec spec, String name, Bench bench) throws InterruptedException {
    try (BenchFolder folder = BenchFolder.in(dataDirectory, name, keep)) {
      return report.finish(
          spec,
          bench.run(
              folder.path(),
              line -> ReportOptions.show(spec, line),
              ReportOptions.commandLine(spec)));
    }
  }
}
