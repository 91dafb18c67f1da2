package io.searchloop.streams.activation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release this worker would not serve, and when to look again. Pieces of a release may come later
 * than its record; nothing else about it ever changes.
 *
 * @param rejection what was found
 * @param pause until the next look
 * @param retryAt when that is; far away when looking again is of no use
 */
record Refusal(PolicyState.Rejected rejection, Duration pause, Instant retryAt) {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** The refusal after an earlier one; pauses double. */
  static Refusal after(@Nullable Refusal earlier, PolicyState.Rejected rejection, Instant now) {
    if (!rejection.fault().passing()) {
      return new Refusal(rejection, LONGEST, Instant.MAX);
    }
    Duration pause = earlier == null ? FIRST : earlier.pause().multipliedBy(2);
    pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    return new Refusal(rejection, pause, now.plus(pause));
  }
}
