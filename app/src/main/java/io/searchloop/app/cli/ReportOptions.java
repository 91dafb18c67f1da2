package io.searchloop.app.cli;

import io.searchloop.app.bench.BenchReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a benchmark says what it does and what it found. */
final class ReportOptions {
  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  /** Says a line now, however long the next takes. */
  static void show(CommandSpec spec, String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** The command as it was given, which stands in every report. */
  static List<String> commandLine(CommandSpec spec) {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  /** Shows and writes a report; its exit code. */
  int finish(CommandSpec spec, BenchReport found) {
    found.conclusions().forEach(line -> show(spec, line));
    if (report != null) {
      found.write(report);
      show(spec, "Report: " + report);
    }
    return found.met() ? ExitCode.OK : ExitCode.FAILED;
  }
}
