package io.searchloop.jobs.attribution;

import io.searchloop.learning.reward.Micros;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.VisitorState;

/**
 * Bounds what one visitor can contribute within a cap window, so that nobody teaches the policy
 * alone. Rules: docs/attribution.md, "Prices", caps.
 */
final class Allowance {
  private final VisitorState visitor;

  Allowance(VisitorState visitor) {
    this.visitor = visitor;
  }

  /** What an outcome of this price, in micros, earns now. */
  long grant(long price, long time, RewardConfig config) {
    if (price <= 0) {
      return price;
    }
    enterWindow(time, config);
    long left = Micros.of(config.getVisitorCap()) - visitor.getCapEarned();
    long granted = config.getVisitorCap() > 0 ? Math.max(0, Math.min(price, left)) : price;
    visitor.setCapEarned(visitor.getCapEarned() + granted);
    return granted;
  }

  /** Counts a shown search; returns whether it may be trained on. */
  boolean admitsToTraining(long time, RewardConfig config) {
    enterWindow(time, config);
    visitor.setCapSearches(visitor.getCapSearches() + 1);
    return config.getVisitorMaxSearches() == 0
        || visitor.getCapSearches() <= config.getVisitorMaxSearches();
  }

  /** The last instant at which anything counted here can matter. */
  long mattersUntil() {
    boolean counted = visitor.getCapEarned() > 0 || visitor.getCapSearches() > 0;
    return counted ? (visitor.getCapWindow() + 1) * visitor.getCapWindowMs() - 1 : Long.MIN_VALUE;
  }

  private void enterWindow(long time, RewardConfig config) {
    long length = config.getCapWindowMs();
    long window = Math.floorDiv(time, length);
    if (window != visitor.getCapWindow() || length != visitor.getCapWindowMs()) {
      visitor.setCapWindowMs(length);
      visitor.setCapWindow(window);
      visitor.setCapEarned(0);
      visitor.setCapSearches(0);
    }
  }
}
