package io.searchloop.app.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a server in this process again and again until it has an answer. */
final class Eventually {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private Eventually() {}

  static <T> T present(Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("No answer within a minute");
  }
}
