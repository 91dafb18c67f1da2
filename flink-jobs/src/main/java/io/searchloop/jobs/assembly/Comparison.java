package io.searchloop.jobs.assembly;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;

/**
 * Names what a tuple is compared with. Rewards of different origins have different scales, so they
 * never meet.
 *
 * <pre>
 *   ASSIGNED  the query's other assigned searches, of all visitors
 *   SLATE     the members of the same slate
 *   PAGE      the rollouts of the same page
 *   ENGINE    the rollouts of the same query that the engine judged
 * </pre>
 */
final class Comparison {
  private Comparison() {}

  /** Tuples of one key may form a group, one group at a time. */
  static String keyOf(RewardTuple tuple) {
    return tuple.getOrigin()
        + "/"
        + switch (tuple.getOrigin()) {
          case ASSIGNED, UNKNOWN -> tuple.getGroupKey();
          case SLATE -> tuple.getGroupKey() + "/" + tuple.getSlateId();
          case PAGE, ENGINE -> tuple.getQueryId();
        };
  }

  /** Names one impression of one rollout: a slate's rollout has many. */
  static String impressionOf(RewardTuple tuple) {
    return tuple.getQueryId() + "/" + tuple.getRolloutId();
  }

  /** Whether all rollouts of the comparison were judged at once, and no other can follow. */
  static boolean judgedAtOnce(TupleOrigin origin) {
    return switch (origin) {
      case PAGE, ENGINE -> true;
      case ASSIGNED, SLATE, UNKNOWN -> false;
    };
  }

  /** A rewrite that one shopper saw alone: what rewrites are paired by across visitors. */
  static boolean shownAlone(RewardTuple tuple) {
    return tuple.getSequence() == 0 && !judgedAtOnce(tuple.getOrigin());
  }

  /** A rewrite whose list went into a page. */
  static boolean onPage(RewardTuple tuple) {
    return tuple.getOrigin() == TupleOrigin.PAGE;
  }
}
