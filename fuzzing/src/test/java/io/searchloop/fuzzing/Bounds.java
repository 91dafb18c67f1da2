package io.searchloop.fuzzing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What reading an input may cost. Bytes that say they are large must not be believed: a reader that
 * allocates what a length field claims falls over long before it finds the end of the input.
 */
public final class Bounds {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * What classes, buffers and the first use of a library take, however short the input; more while
   * searching, because classes are instrumented on the thread that first needs them.
   */
  private static final long BASE_BYTES =
      Boolean.getBoolean("jazzer.hooks") ? 512L << 20 : 64L << 20;

  private static final long BYTES_PER_BYTE = 10_000;

  /** Beyond this a reader hangs. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private Bounds() {}

  /** What reads an input. */
  @FunctionalInterface
  public interface Reading {
    void read() throws Exception;
  }

  /**
   * Reads, and fails when that took more memory or time than the input is worth.
   *
   * @param length bytes of the input
   */
  public static void within(int length, Reading reading) throws Exception {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    reading.read();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    long most = BASE_BYTES + BYTES_PER_BYTE * length;
    if (allocated > most) {
      throw new AssertionError(
          "Reading %d bytes allocated %d, expected at most %d".formatted(length, allocated, most));
    }
    if (took.compareTo(LONGEST) > 0) {
      throw new AssertionError(
          "Reading %d bytes took %s, expected at most %s".formatted(length, took, LONGEST));
    }
  }

  /** A refusal must say something, and must name what a person has to look for. */
  public static void requireNamed(Throwable refusal, String... expected) {
    String message = String.valueOf(refusal.getMessage());
    for (String word : expected) {
      if (!message.contains(word)) {
        throw new AssertionError(
            "Refusal does not name '%s': %s".formatted(word, message), refusal);
      }
    }
    if (message.isBlank() || message.equals("null")) {
      throw new AssertionError("Refusal says nothing", refusal);
    }
  }
}
