package io.searchloop.schemas.event;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.json.FieldFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Timestamps order everything, so a broken clock must not pass. */
public final class ClockRule {
  /** How far a sender's clock may run ahead of the receiver's. */
  public static final Duration MAX_CLOCK_LEAD = Duration.ofHours(1);

  private ClockRule() {}

  /**
   * What is wrong with a record's {@code timestamp}, if anything.
   *
   * @param receivedAt when a clock of ours saw the record
   */
  public static Optional<FieldFault> refuse(Instant timestamp, Instant receivedAt) {
    if (!timestamp.isAfter(Instant.EPOCH)) {
      return Optional.of(
          FieldFault.invalid(
              "timestamp",
              timestamp.toString(),
              "an instant after 1970",
              "Set it when the shopper acts."));
    }
    if (timestamp.isAfter(receivedAt.plus(MAX_CLOCK_LEAD))) {
      return Optional.of(
          new FieldFault(
              DeadLetterReason.FUTURE,
              "timestamp",
              "%s, received at %s".formatted(timestamp, receivedAt),
              "at most %s ahead".formatted(MAX_CLOCK_LEAD),
              "Correct the sender's clock."));
    }
    return Optional.empty();
  }
}
