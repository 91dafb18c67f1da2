package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is no longer needed. Leftovers cost disk, not truth, so failing is a warning. */
public final class Directories {
  private static final Logger log = LoggerFactory.getLogger(Directories.class);

  private Directories() {}

  /** Deletes a directory with its content; whether it was there and is gone. */
  public static boolean delete(Path directory) {
    if (!Files.exists(directory)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      log.warn("Could not delete {}; delete it by hand if space is short", directory, e);
      return false;
    }
  }
}
