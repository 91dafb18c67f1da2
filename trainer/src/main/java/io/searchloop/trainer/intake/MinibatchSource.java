package io.searchloop.trainer.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Minibatches in the order of their offsets. Offsets are never committed here: they travel in the
 * transaction of the release that learned from them, and never rewind.
 */
public interface MinibatchSource extends AutoCloseable {
  /**
   * First offset that no release or refusal covers yet, as Kafka knows it; empty before the first,
   * and once Kafka has let it expire ({@code offsets.retention.minutes} after it was committed).
   */
  OptionalLong committed();

  /** Continues reading at an offset. */
  void seek(long offset);

  /** The next minibatch; empty when none arrived in time or {@link #wakeup} was called. */
  Optional<ReceivedMinibatch> poll(Duration timeout);

  /** Minibatches that wait to be read, as far as the last poll saw; empty when not known. */
  default OptionalLong waiting() {
    return OptionalLong.empty();
  }

  /** Ends a waiting {@link #poll}; safe from any thread. */
  void wakeup();

  @Override
  void close();
}
