package io.searchloop.jobs.intake;

import io.searchloop.schemas.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a record that decodes can be used. Pure. */
@FunctionalInterface
interface Validator<V> {
  /** How far a producer's clock may run ahead of the broker's. */
  Duration MAX_CLOCK_LEAD = Duration.ofHours(1);

  /**
   * The first thing wrong with a record.
   *
   * @param record the record
   * @param brokerTime the broker's timestamp of it, epoch milliseconds
   */
  Optional<Refusal> refuse(V record, long brokerTime);

  /** A field that must not be empty. */
  static Optional<Refusal> missing(String field, String value, String of) {
    return value.isEmpty()
        ? Optional.of(
            new Refusal(
                DeadLetterReason.MISSING_FIELD,
                field + " is empty, expected a value in every " + of + ". Fill it and resend."))
        : Optional.empty();
  }

  /** Timestamps order everything, so a broken clock must not pass. */
  static Optional<Refusal> brokenClock(Instant timestamp, long brokerTime) {
    if (timestamp.toEpochMilli() <= 0) {
      return Optional.of(
          new Refusal(
              DeadLetterReason.INVALID_FIELD,
              "timestamp is "
                  + timestamp.toEpochMilli()
                  + ", expected epoch milliseconds above 0. Set it when the shopper acts."));
    }
    if (timestamp.toEpochMilli() - brokerTime > MAX_CLOCK_LEAD.toMillis()) {
      return Optional.of(
          new Refusal(
              DeadLetterReason.FUTURE,
              "timestamp is %s, the broker received it at %s, expected at most %s ahead. Correct the producer's clock."
                  .formatted(timestamp, Instant.ofEpochMilli(brokerTime), MAX_CLOCK_LEAD)));
    }
    return Optional.empty();
  }
}
