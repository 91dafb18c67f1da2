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

  /** What classes, buffers and the first use of a library take, however short the input. */
  private static final long BASE_BYTES = 64L << 20;

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
   * Reads, and fails when that took more memory or time than the input is worth. What takes too
   * much is read a second time and judged by that: while searching, classes are instrumented on the
   * thread that first needs them.
   *
   * @param length bytes of the input
   */
  public static void within(int length, Reading reading) throws Exception {
    long most = BASE_BYTES + BYTES_PER_BYTE * length;
    Cost cost = Cost.of(reading);
    if (cost.exceeds(most)) {
      cost = Cost.of(reading);
    }
    if (cost.exceeds(most)) {
      throw new AssertionError(
          "Reading %d bytes allocated %d and took %s, expected at most %d and %s"
              .formatted(length, cost.bytes(), cost.took(), most, LONGEST));
    }
  }

  private record Cost(long bytes, Duration took) {
    static Cost of(Reading reading) throws Exception {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long begin = System.nanoTime();
      reading.read();
      return new Cost(
          THREADS.getCurrentThreadAllocatedBytes() - allocated,
          Duration.ofNanos(System.nanoTime() - begin));
    }

    boolean exceeds(long mostBytes) {
      return bytes > mostBytes || took.compareTo(LONGEST) > 0;
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
