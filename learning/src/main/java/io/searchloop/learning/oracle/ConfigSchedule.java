package io.searchloop.learning.oracle;

import io.searchloop.schemas.RewardConfig;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which reward configuration is in force when. Immutable; any thread. */
public final class ConfigSchedule {
  private final NavigableMap<Long, RewardConfig> byStart = new TreeMap<>();

  /**
   * @param configs every configuration that was ever in force, in any order
   * @throws IllegalArgumentException for no configuration, two different ones with one start, or
   *     one that cannot be computed with
   */
  public ConfigSchedule(List<RewardConfig> configs) {
    if (configs.isEmpty()) {
      throw new IllegalArgumentException(
          "No reward configuration, expected at least the one the job started with. Pass it.");
    }
    configs.forEach(this::add);
  }

  /**
   * The latest that has begun; before the first has, the first.
   *
   * @param time event time, epoch milliseconds
   */
  public RewardConfig at(long time) {
    Map.Entry<Long, RewardConfig> begun = byStart.floorEntry(time);
    return (begun == null ? byStart.firstEntry() : begun).getValue();
  }

  /**
   * First instant whose earnings count in the cap window of an instant: the window's own beginning,
   * or the change that gave windows their present length if that came later.
   */
  long capWindowStart(long time) {
    long length = at(time).getCapWindowMs();
    long start = Math.floorDiv(time, length) * length;
    for (RewardConfig begun : byStart.headMap(time, true).descendingMap().values()) {
      if (begun.getCapWindowMs() != length) {
        long changed = byStart.higherKey(begun.getEffectiveFrom().toEpochMilli());
        return Math.max(start, changed);
      }
    }
    return start;
  }

  private void add(RewardConfig config) {
    check(config);
    RewardConfig other = byStart.put(config.getEffectiveFrom().toEpochMilli(), config);
    if (other != null && !other.equals(config)) {
      throw new IllegalArgumentException(
          "Reward configurations %s and %s both take effect at %s. Leave out the one the job refused."
              .formatted(other.getName(), config.getName(), config.getEffectiveFrom()));
    }
  }

  private static void check(RewardConfig config) {
    if (config.getShortWindowMs() > config.getLongWindowMs()) {
      throw new IllegalArgumentException(
          "Reward configuration %s: short window %d ms exceeds long window %d ms. Shorten it."
              .formatted(config.getName(), config.getShortWindowMs(), config.getLongWindowMs()));
    }
    if (config.getCapWindowMs() <= 0) {
      throw new IllegalArgumentException(
          "Reward configuration %s: cap window is %d ms, expected more than 0. Lengthen it."
              .formatted(config.getName(), config.getCapWindowMs()));
    }
  }
}
