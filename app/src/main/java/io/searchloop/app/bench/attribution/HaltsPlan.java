package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.TrafficShape;
import java.time.Duration;

/**
 * How often to kill Flink, and under what load.
 *
 * @param kills how often
 * @param searchesPerSecond searches a second, by the clock of the wall as of events
 * @param shortWindow W1
 * @param longWindow W2
 * @param checkpointInterval interval of checkpoints
 * @param longestLife Flink is killed at a random moment up to this long after its first checkpoint
 * @param parallelism subtasks of every operator that may have several
 * @param heap heap of the process with Flink, as {@code -Xmx} takes it
 * @param seed seed of traffic and kills
 */
public record HaltsPlan(
    int kills,
    int searchesPerSecond,
    Duration shortWindow,
    Duration longWindow,
    Duration checkpointInterval,
    Duration longestLife,
    int parallelism,
    String heap,
    long seed) {
  public HaltsPlan {
    if (kills < 1) {
      throw new IllegalArgumentException("kills is " + kills + ", expected at least 1");
    }
  }

  /** A kill every ten seconds or so. */
  public static HaltsPlan of(int kills, long seed) {
    return new HaltsPlan(
        kills,
        300,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(3),
        2,
        "1g",
        seed);
  }

  /** Traffic without end; nobody shops for a hundred days. */
  TrafficShape traffic() {
    long searches = Duration.ofDays(100).toSeconds() * searchesPerSecond;
    return new TrafficShape(seed, 0, searches, searchesPerSecond, shortWindow, longWindow);
  }
}
