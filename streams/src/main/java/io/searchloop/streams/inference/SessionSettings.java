package io.searchloop.streams.inference;

/**
 * How sessions are opened.
 *
 * @param threads threads that share one operator; one leaves the cores to concurrent batches
 * @param provider what runs the operators
 */
public record SessionSettings(int threads, Provider provider) {
  public SessionSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "A session of %d threads, expected at least 1.".formatted(threads));
    }
  }

  /** On the processor. */
  public static SessionSettings cpu(int threads) {
    return new SessionSettings(threads, Provider.CPU);
  }
}
