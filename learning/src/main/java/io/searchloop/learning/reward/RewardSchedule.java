package io.searchloop.learning.reward;

import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which reward configuration is in force when. Configurations take effect in the order of their
 * {@code effective_from}; what comes before the first one is priced by it. Immutable.
 *
 * @param configs configurations by effective_from, at least one, no two from the same instant
 */
public record RewardSchedule(List<RewardConfig> configs) {
  public RewardSchedule {
    configs =
        configs.stream().sorted(Comparator.comparing(RewardConfig::getEffectiveFrom)).toList();
    if (configs.isEmpty()) {
      throw new IllegalArgumentException(
          "No reward configuration, expected at least one. Write one to"
              + " learning.reward-config.v1.");
    }
    for (int i = 1; i < configs.size(); i++) {
      if (configs.get(i).getEffectiveFrom().equals(configs.get(i - 1).getEffectiveFrom())) {
        throw new IllegalArgumentException(
            "Two reward configurations take effect at "
                + configs.get(i).getEffectiveFrom()
                + ", expected one. Remove one of them.");
      }
    }
    configs.forEach(RewardSchedule::requireOrderedWindows);
  }

  /** The schedule of a single configuration. */
  public static RewardSchedule of(RewardConfig config) {
    return new RewardSchedule(List.of(config));
  }

  /** The configuration in force at an event time, epoch milliseconds. */
  public RewardConfig at(long time) {
    return configs.get(indexAt(time));
  }

  /**
   * First instant of the cap window that an event time lies in. Windows tumble in steps of {@code
   * cap_window_ms}; where a configuration changes their length, one begins anew.
   */
  public long capWindowStart(long time) {
    int index = indexAt(time);
    long length = configs.get(index).getCapWindowMs();
    while (index > 0 && configs.get(index - 1).getCapWindowMs() == length) {
      index--;
    }
    long changed =
        index == 0 ? Long.MIN_VALUE : configs.get(index).getEffectiveFrom().toEpochMilli();
    return Math.max(changed, Math.floorDiv(time, length) * length);
  }

  /** Whether some configuration takes effect at exactly this instant. */
  public boolean startsAt(long time) {
    return configs.stream().anyMatch(c -> c.getEffectiveFrom().toEpochMilli() == time);
  }

  /**
   * This schedule with one more configuration.
   *
   * @throws IllegalArgumentException when one takes effect at the same instant
   */
  public RewardSchedule plus(RewardConfig config) {
    List<RewardConfig> more = new ArrayList<>(configs);
    more.add(config);
    return new RewardSchedule(more);
  }

  private int indexAt(long time) {
    int index = configs.size() - 1;
    while (index > 0 && configs.get(index).getEffectiveFrom().toEpochMilli() > time) {
      index--;
    }
    return index;
  }

  private static void requireOrderedWindows(RewardConfig config) {
    if (config.getShortWindowMs() < 0 || config.getShortWindowMs() > config.getLongWindowMs()) {
      throw new IllegalArgumentException(
          "Reward configuration %s of %s: short window is %d ms and long window %d ms, expected 0 <= short <= long. Shorten the short one."
              .formatted(
                  config.getName(),
                  config.getEffectiveFrom(),
                  config.getShortWindowMs(),
                  config.getLongWindowMs()));
    }
  }
}
