package io.searchloop.jobs.assembly;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.io.Serializable;

/** When a group of each origin closes, and how its rewards become advantages. Immutable. */
record GroupRules(AssemblyConfig config) implements Serializable {
  /** Fewer cannot be compared. */
  static final int FEWEST_MEMBERS = 2;

  /** Whether the group closes without waiting any longer. */
  boolean full(GroupState group) {
    return switch (group.group().getOrigin()) {
      case ASSIGNED -> group.size() >= config.groupSize();
      case SLATE ->
          group.size() >= FEWEST_MEMBERS && group.fewestImpressions() >= config.slateImpressions();
      case PAGE, ENGINE, UNKNOWN -> false;
    };
  }

  /**
   * When a group that begins with this tuple closes at the latest, epoch milliseconds. Event time
   * may be past the impression by far: an engine's rewards come at once, a shopper's when the short
   * window has closed.
   */
  long closesAt(RewardTuple first, long watermark) {
    long shown = first.getImpressionTime().toEpochMilli();
    return Comparison.judgedAtOnce(first.getOrigin())
        ? config.settledAt(shown, watermark)
        : Math.max(shown, watermark) + config.groupTimeout().toMillis();
  }

  /** The configured estimator; for a page never one that divides by the group's deviation. */
  AdvantageEstimator estimator(TupleOrigin origin) {
    return origin == TupleOrigin.PAGE ? config.advantage().unscaled() : config.advantage();
  }
}
