package io.searchloop.app.relevance;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Loads LightGBM's native library from a folder of this process's own. The wrapper unpacks it under
 * a fixed name in the temporary directory: a second process that starts overwrites what the first
 * has mapped, and the first dies of SIGBUS (docs/adr/0042).
 */
public final class LightGbm {
  private static final String TEMPORARY = "java.io.tmpdir";

  private LightGbm() {}

  /** Loads it unless it is loaded. Whatever touches the wrapper calls this first. */
  public static void load() {
    Loaded.ready();
  }

  private static void unpackAndLoad() {
    String shared = Objects.requireNonNull(System.getProperty(TEMPORARY), TEMPORARY);
    try {
      Path own = Files.createTempDirectory("searchloop-lightgbm-");
      System.setProperty(TEMPORARY, own.toString());
      try {
        LGBMBooster.loadNative();
      } finally {
        System.setProperty(TEMPORARY, shared);
      }
      forgetAtExit(own);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "LightGBM's native library could not be unpacked. Make room under " + shared, e);
    }
  }

  /** Files are deleted in the reverse order of their registration. */
  private static void forgetAtExit(Path folder) throws IOException {
    folder.toFile().deleteOnExit();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    }
  }

  /** The language runs a class's initialiser once, and lets other threads wait for it. */
  private static final class Loaded {
    static {
      unpackAndLoad();
    }

    private Loaded() {}

    static void ready() {}
  }
}
