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
public record ProcessMemory(long residentBytes, long heapBytes) {
  private static final String RESIDENT = "VmRSS:";
  private static final long KB = 1024;

  /** Memory of this process now. */
  public static ProcessMemory read() {
    return new ProcessMemory(
        residentBytes(ProcessHandle.current().pid()), Runtime.getRuntime().totalMemory());
  }

  /**
   * Pages in memory of any process of ours.
   *
   * @throws UncheckedIOException when the system does not tell: the process has ended, or ends
   */
  public static long residentBytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      return KB
          * Files.readAllLines(status).stream()
              .filter(line -> line.startsWith(RESIDENT))
              .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow(() -> new IOException("No " + RESIDENT + " in it"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read " + status + "; memory is measured on Linux only.", e);
    }
  }
}
