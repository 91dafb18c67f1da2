package io.searchloop.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Asks a server in this process again and again until it has an answer. The bounds only end a build
 * that a defect would hang; what a test demands is bounded by work, not by time.
 */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(8);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private Eventually() {}

  /** An answer a server owes at once. */
  public static <T> T present(Callable<Optional<T>> question) {
    return ask(question, PATIENCE);
  }

  /** An answer that takes as long as the learning behind it. */
  public static <T> T decided(Callable<Optional<T>> question) {
    return ask(question, LONG_PATIENCE);
  }

  private static <T> T ask(Callable<Optional<T>> question, Duration patience) {
    return await()
        .atMost(patience)
        .pollInterval(INTERVAL)
        .until(question, Optional::isPresent)
        .orElseThrow();
  }
}
