package io.searchloop.app.launcher;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers of servers in this process, which come soon or not at all. */
final class Futures {
  private static final long PATIENCE_SECONDS = 60;

  private Futures() {}

  /**
   * The future's value.
   *
   * @param attempt what was asked, for the error message: {@code list topics}
   * @throws IllegalStateException when it failed or took longer than a minute
   */
  static <T> T get(String attempt, Future<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("Could not " + attempt + ": " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Could not " + attempt + " within " + PATIENCE_SECONDS + " s; is the server alive?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted: could not " + attempt, e);
    }
  }
}
