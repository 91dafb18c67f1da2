package io.searchloop.app.bench.training;

import io.searchloop.app.bench.SampledMinibatches;
import java.time.Duration;

/**
 * How often to kill the trainer, and on what work.
 *
 * @param kills how often
 * @param blocks blocks of minibatches that one life finds new; see {@link SampledMinibatches}
 * @param longestStart a trainer killed while it starts is killed up to this long after its start
 * @param longestLife one killed at work is killed up to this long after its first minibatch
 * @param learningRate large enough that some releases fail the gate, and their minibatches with
 *     them
 * @param maxKl bound of that gate, nats per token
 * @param heap heap of the trainer's process, as {@code -Xmx} takes it
 * @param seed seed of minibatches and kills
 */
public record TrainerHaltsPlan(
    int kills,
    int blocks,
    Duration longestStart,
    Duration longestLife,
    double learningRate,
    double maxKl,
    String heap,
    long seed) {
  public TrainerHaltsPlan {
    if (kills < 1 || blocks < 1) {
      throw new IllegalArgumentException(
          "kills " + kills + " and blocks " + blocks + ", expected at least 1 of each");
    }
  }

  /** A kill every five seconds or so; three of four find the trainer at work. */
  public static TrainerHaltsPlan of(int kills, long seed) {
    return new TrainerHaltsPlan(
        kills, 3, Duration.ofSeconds(3), Duration.ofSeconds(3), 1e-3, .3, "512m", seed);
  }

  /** Minibatches of the whole run: a killed life and the last one find as many new ones each. */
  int minibatches() {
    return (kills + 1) * blocks * SampledMinibatches.BLOCK;
  }
}
