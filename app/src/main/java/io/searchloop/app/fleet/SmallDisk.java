package io.searchloop.app.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder with a size of its own, which a file can fill to the last byte: a file system in memory.
 * Mounting one takes a privilege that not every user has.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  private final Path directory;
  private final Path filler;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.filler = directory.resolve("filler");
  }

  /**
   * Makes a disk; empty where this user or system cannot.
   *
   * @param directory made when missing; what is in it is hidden meanwhile
   * @param mebibytes its size
   */
  static Optional<SmallDisk> mount(Path directory, int mebibytes) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean mounted =
        ran("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "searchloop", directory);
    return mounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
  }

  /** Takes all the room that is left. */
  void fill() {
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = BLOCK; size > 0; size /= 2) {
        writeWhileThereIsRoom(out, new byte[size]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot fill " + directory, e);
    }
  }

  /** Gives the room back. */
  void free() {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot free " + directory, e);
    }
  }

  /** Takes it away with all that is on it. */
  @Override
  public void close() {
    ran("umount", "-l", directory);
  }

  private static void writeWhileThereIsRoom(OutputStream out, byte[] block) {
    try {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // That was the aim; a smaller block may still fit.
    }
  }

  private static boolean ran(Object... words) {
    String[] command = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      command[i] = words[i].toString();
    }
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
