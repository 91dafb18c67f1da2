package io.searchloop.streams.inference;

import java.time.Duration;

/**
 * How requests share the runs of a session.
 *
 * @param rows most rows that decode together; a request with more of them goes alone
 * @param batches most batches that decode at once, each on one thread
 * @param linger how long the first request of a batch waits for company; zero never delays one
 */
public record BatchSettings(int rows, int batches, Duration linger) {
  /** Every request decodes alone, on its own thread, at once. */
  public static final BatchSettings ALONE = new BatchSettings(1, Integer.MAX_VALUE, Duration.ZERO);

  public BatchSettings {
    if (rows < 1 || batches < 1 || linger.isNegative()) {
      throw new IllegalArgumentException(
          "Batches of %d rows, %d at once, waiting %s; expected at least 1, 1 and no time."
              .formatted(rows, batches, linger));
    }
  }
}
