package io.searchloop.learning.bandit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How a bandit learns.
 *
 * @param arms names, at least two; an arm is known by its index
 * @param floor least probability of an available arm: what no estimate of the log can do without
 * @param pooling searches of its own after which a kind of search believes itself as much as the
 *     wider kind it belongs to; large values learn slower and explore less
 * @param halfLife after which a search counts half, so that a changed catalogue is noticed
 * @param memory how long outcomes of a search are waited for; W2 of the reward configuration
 * @param mostContexts kinds of search remembered; beyond them the one least recently seen is
 *     forgotten
 */
public record BanditConfig(
    List<String> arms,
    double floor,
    double pooling,
    Duration halfLife,
    Duration memory,
    int mostContexts) {
  /** Nothing is ever forgotten. */
  public static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

  private static final double FLOOR = .02;
  private static final double POOLING = 500;
  private static final int MOST_CONTEXTS = 100_000;

  public BanditConfig {
    arms = List.copyOf(arms);
    if (arms.size() < 2 || arms.stream().distinct().count() < arms.size()) {
      throw new IllegalArgumentException(
          "Arms are %s, expected two at least and each once.".formatted(arms));
    }
    if (!(floor > 0 && floor * arms.size() <= 1)) {
      throw new IllegalArgumentException(
          "Floor is %s for %d arms, expected above 0 and at most 1 / arms. Without a floor the log cannot tell what a neglected arm is worth."
              .formatted(floor, arms.size()));
    }
    if (!(pooling > 0) || halfLife.isZero() || halfLife.isNegative() || memory.isNegative()) {
      throw new IllegalArgumentException(
          "Pooling is %s, half-life %s, memory %s, expected positive values."
              .formatted(pooling, halfLife, memory));
    }
    if (mostContexts < 1) {
      throw new IllegalArgumentException(
          "At most %d contexts, expected 1 at least.".formatted(mostContexts));
    }
  }

  /** Floor .02, pooling 500, nothing forgotten but by memory. */
  public static BanditConfig of(List<String> arms, Duration memory) {
    return new BanditConfig(arms, FLOOR, POOLING, NEVER, memory, MOST_CONTEXTS);
  }

  /** The same with another half-life. */
  public BanditConfig withHalfLife(Duration other) {
    return new BanditConfig(arms, floor, pooling, other, memory, mostContexts);
  }
}
