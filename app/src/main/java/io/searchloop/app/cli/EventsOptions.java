package io.searchloop.app.cli;

import io.searchloop.app.events.BadEvent;
import io.searchloop.app.events.CheckReport;
import io.searchloop.app.events.CheckedLine;
import io.searchloop.app.events.EventCheck;
import io.searchloop.app.events.EventLines;
import io.searchloop.storefront.adapter.EventAdapter;
import io.searchloop.storefront.adapter.EventFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which events, and in which format. */
final class EventsOptions {
  private static final String STREAM = "-";

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "One event on each line; .gz is unpacked; - reads standard input.")
  private String file = STREAM;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "jsonl, ubi or ga4 (default: ${DEFAULT-VALUE}).")
  private String format = "jsonl";

  @Option(
      names = "--first-index",
      paramLabel = "N",
      defaultValue = "0",
      description = "ga4: `index` of the first item of a list (default: ${DEFAULT-VALUE}).")
  private int firstIndex;

  boolean isStream() {
    return file.equals(STREAM);
  }

  /** Checks every event; what can be used goes to the outlet, in order. */
  CheckReport check(
      CommandSpec spec, InputStream in, Consumer<BadEvent> complaints, Consumer<CheckedLine> out) {
    EventAdapter adapter = adapter(spec);
    try (EventLines lines = isStream() ? new EventLines(in) : EventLines.of(Path.of(file))) {
      return new EventCheck(adapter, InstantSource.system(), complaints).run(lines, out);
    } catch (NoSuchFileException e) {
      throw new ParameterException(
          spec.commandLine(), "There is no file " + file + ". Name a file, or - for a stream.");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private EventAdapter adapter(CommandSpec spec) {
    try {
      return EventFormat.valueOf(format.toUpperCase(Locale.ROOT)).adapter(firstIndex);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--format is '%s' and --first-index %d, expected jsonl, ubi or ga4, and 0 or 1."
              .formatted(format, firstIndex));
    }
  }
}
