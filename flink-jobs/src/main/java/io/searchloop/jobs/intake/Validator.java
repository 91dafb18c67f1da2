package io.searchloop.jobs.intake;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.event.ClockRule;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a record that decodes can be used. Pure. */
@FunctionalInterface
interface Validator<V> {
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
    return ClockRule.refuse(timestamp, Instant.ofEpochMilli(brokerTime)).map(Refusal::of);
  }
}
