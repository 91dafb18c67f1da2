package io.searchloop.jobs.attribution;

import io.searchloop.learning.reward.Micros;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.VisitorState;

/**
 * Bounds what one visitor can contribute within a cap window, so that nobody teaches the policy
 * alone. Rules: docs/attribution.md, "Prices", caps.
 */
final class Allowance {
  private final VisitorState visitor;
  private final RewardSchedule schedule;

  Allowance(VisitorState visitor, RewardSchedule schedule) {
    this.visitor = visitor;
    this.schedule = schedule;
  }

  /** What an outcome of this price, in micros, earns now. */
  long grant(long price, long time) {
    RewardConfig config = schedule.at(time);
    if (price <= 0 || config.getVisitorCap() <= 0) {
      return price;
    }
    enterWindow(config, time);
    long left = Math.max(0, Micros.of(config.getVisitorCap()) - visitor.getCapEarned());
    long granted = Math.min(price, left);
    visitor.setCapEarned(visitor.getCapEarned() + granted);
    return granted;
  }

  /** Counts a shown search; returns whether it may be trained on. */
  boolean admitsToTraining(long time) {
    RewardConfig config = schedule.at(time);
    if (config.getVisitorMaxSearches() <= 0) {
      return true;
    }
    enterWindow(config, time);
    visitor.setCapSearches(visitor.getCapSearches() + 1);
    return visitor.getCapSearches() <= config.getVisitorMaxSearches();
  }

  /** The last instant at which anything counted here can matter. */
  long mattersUntil() {
    boolean counted = visitor.getCapEarned() > 0 || visitor.getCapSearches() > 0;
    long length = visitor.getCapWindowMs();
    return counted
        ? Math.floorDiv(visitor.getCapWindowStart(), length) * length + length - 1
        : Long.MIN_VALUE;
  }

  private void enterWindow(RewardConfig config, long time) {
    long start = schedule.capWindowStart(time);
    if (start != visitor.getCapWindowStart() || visitor.getCapWindowMs() == 0) {
      visitor.setCapWindowMs(config.getCapWindowMs());
      visitor.setCapWindowStart(start);
      visitor.setCapEarned(0);
      visitor.setCapSearches(0);
    }
  }
}
