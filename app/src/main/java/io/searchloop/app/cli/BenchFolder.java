package io.searchloop.app.cli;

import io.searchloop.app.launcher.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty folder for one run of a benchmark, deleted after it unless it is to be kept: what an
 * earlier run left behind would be measured too.
 */
record BenchFolder(Path path, boolean keep) implements AutoCloseable {
  static BenchFolder in(Path parent, String name, boolean keep) {
    try {
      Files.createDirectories(parent);
      BenchFolder folder = new BenchFolder(Files.createTempDirectory(parent, name + "-"), keep);
      // Read by logback.xml when the first logger is made, which is after this line.
      System.setProperty("searchloop.log", folder.path().resolve("searchloop.log").toString());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot make a folder in " + parent + "; choose another with --data-dir.", e);
    }
  }

  @Override
  public void close() {
    if (!keep) {
      Directories.delete(path);
    }
  }
}
