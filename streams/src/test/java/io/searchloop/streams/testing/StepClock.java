package io.searchloop.streams.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves by one step each time it is read. */
public final class StepClock implements InstantSource {
  private final Duration step;
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  public StepClock(Duration step) {
    this.step = step;
  }

  @Override
  public synchronized Instant instant() {
    now = now.plus(step);
    return now;
  }
}
