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
   * What an outcome earns of its price; what is not positive passes, and so does everything while
   * no cap is in force.
   *
   * @param time event time of the outcome
   * @param price micros
   */
  long grant(long time, long price) {
    RewardConfig config = configs.at(time);
    if (price <= 0 || config.getVisitorCap() <= 0) {
      return price;
    }
    long spent = earned.since(configs.capWindowStart(time));
    long left = Math.max(0, Micros.of(config.getVisitorCap()) - spent);
    long granted = Math.min(price, left);
    earned.add(time, granted);
    return granted;
  }
}
