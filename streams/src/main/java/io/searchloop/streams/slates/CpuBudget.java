package io.searchloop.streams.slates;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A share of one core for work that nobody waits for: after t of processor time, rest until t /
 * share has passed since it began. A share of .25 and a fill of 4 ms: the next one begins 16 ms
 * after this one did. One thread.
 */
final class CpuBudget {
  private final double share;
  private final InstantSource clock;
  private Instant free = Instant.MIN;

  /**
   * @param share of one core, above 0 and at most 1
   */
  CpuBudget(double share, InstantSource clock) {
    this.share = share;
    this.clock = clock;
  }

  /**
   * Books work just done.
   *
   * @param begun when it began
   * @param cpu processor time it took
   * @return how long to rest
   */
  Duration charge(Instant begun, Duration cpu) {
    Instant start = begun.isAfter(free) ? begun : free;
    free = start.plusNanos((long) (cpu.toNanos() / share));
    Duration rest = Duration.between(clock.instant(), free);
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}
