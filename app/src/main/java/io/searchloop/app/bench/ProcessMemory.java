package io.searchloop.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Memory of this process, as Linux counts it.
 *
 * @param residentBytes pages in memory
 * @param heapBytes what Java's heap has taken of them
 */
record ProcessMemory(long residentBytes, long heapBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long KB = 1024;

  static ProcessMemory read() {
    try {
      long resident =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith(RESIDENT))
              .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow();
      return new ProcessMemory(resident * KB, Runtime.getRuntime().totalMemory());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read " + STATUS + "; memory is measured on Linux only.", e);
    }
  }
}
