package io.searchloop.app.bench.attribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** A flight recording of a stretch of this process, or of nothing when none is wanted. */
final class FlightRecording {
  private final @Nullable Recording recording;
  private final Path file;

  private FlightRecording(@Nullable Recording recording, Path file) {
    this.recording = recording;
    this.file = file;
  }

  /**
   * Starts to record with Java's own settings for profiling: stacks every 20 ms, allocations.
   *
   * @param file where it goes; empty for no recording
   */
  static FlightRecording start(String file) {
    if (file.isEmpty()) {
      return new FlightRecording(null, Path.of(""));
    }
    try {
      Recording recording = new Recording(Configuration.getConfiguration("profile"));
      recording.enable("jdk.ExecutionSample").with("period", "10 ms");
      recording.enable("jdk.NativeMethodSample").with("period", "10 ms");
      recording.start();
      return new FlightRecording(recording, Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException("This Java has no settings for profiling", e);
    } catch (ParseException e) {
      throw new IllegalStateException("This Java's settings for profiling are broken", e);
    }
  }

  void stop() {
    if (recording == null) {
      return;
    }
    try (recording) {
      recording.stop();
      Files.createDirectories(file.toAbsolutePath().getParent());
      recording.dump(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the flight recording to " + file, e);
    }
  }
}
