package io.searchloop.jobs.attribution;

import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the reward job runs; what outcomes are worth is the reward configuration's to say.
 *
 * @param parallelism subtasks of every operator but the ledger
 * @param idleTimeout how long a source partition may be silent before event time passes it by
 * @param maxLead how far in event time a partition may be read ahead of the slowest: what is read
 *     ahead waits in state, so catching up after an outage would fill it with days of one topic. It
 *     also bounds the pace, by {@code maxLead} every fifth of a second.
 * @param tick grid that watermarks lie on: records of one visitor within a tick are worked off
 *     together
 * @param cachedVisitors visitors a subtask keeps at hand, decoded, between two looks at its state
 */
public record AttributionConfig(
    @Setting(value = "2", help = "subtasks of the reward job") int parallelism,
    @Setting(
            value = "PT5S",
            help = "silence after which a source partition no longer holds event time back")
        Duration idleTimeout,
    @Setting(
            value = "PT5M",
            help = "event time by which a partition may be read ahead of the slowest")
        Duration maxLead,
    @Setting(value = "PT0.2S", help = "steps in which event time advances") Duration tick,
    @Setting(value = "25000", help = "visitors each subtask keeps decoded, some 3 KiB each")
        int cachedVisitors)
    implements Serializable {

  public AttributionConfig {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism is " + parallelism + ", expected at least 1.");
    }
    requirePositive("idle-timeout", idleTimeout);
    requirePositive("max-lead", maxLead);
    requirePositive("tick", tick);
    if (cachedVisitors < 1) {
      throw new IllegalArgumentException(
          "cached-visitors is " + cachedVisitors + ", expected at least 1, such as 25000.");
    }
  }

  private static void requirePositive(String key, Duration found) {
    if (found.toMillis() < 1) {
      throw new IllegalArgumentException(
          key + " is " + found + ", expected at least a millisecond, such as PT5S.");
    }
  }
}
