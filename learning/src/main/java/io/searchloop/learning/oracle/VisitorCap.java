package io.searchloop.learning.oracle;

import io.searchloop.schemas.RewardConfig;

/** Bounds what one visitor's outcomes earn within a cap window; see {@code visitor_cap}. */
final class VisitorCap {
  private final ConfigSchedule configs;
  private final WindowCount earned = new WindowCount();

  VisitorCap(ConfigSchedule configs) {
    this.configs = configs;
  }

  /**
   * What an outcome earns of its price; what is not positive passes.
   *
   * @param time event time of the outcome
   * @param price micros
   */
  long grant(long time, long price) {
    if (price <= 0) {
      return price;
    }
    long granted = Math.min(price, left(time));
    earned.add(time, granted);
    return granted;
  }

  private long left(long time) {
    RewardConfig config = configs.at(time);
    if (config.getVisitorCap() <= 0) {
      return Long.MAX_VALUE;
    }
    long spent = earned.since(configs.capWindowStart(time));
    return Math.max(0, Micros.of(config.getVisitorCap()) - spent);
  }
}
