package io.searchloop.jobs.attribution;

import io.searchloop.schemas.state.VisitorState;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/** The state of a visitor nothing is known of. */
final class VisitorStates {
  private static final long NEVER = Long.MIN_VALUE;

  private VisitorStates() {}

  /** Every field is set here, because Avro's defaults are slow to come by. */
  static VisitorState fresh() {
    VisitorState visitor = new VisitorState();
    visitor.setWaiting(new ArrayList<>());
    visitor.setWakeAt(Long.MAX_VALUE);
    visitor.setWakesToEnd(false);
    erase(visitor, NEVER);
    return visitor;
  }

  /**
   * Leaves nothing of what a visitor did but what waits for its time.
   *
   * @param until what is to be said of it then: last instant at which it counts as erased
   */
  static void erase(VisitorState visitor, long until) {
    visitor.setSearches(new ArrayList<>());
    visitor.setTouches(0);
    visitor.setSeen(ByteBuffer.allocate(0));
    visitor.setMinute(NEVER);
    visitor.setMinuteEvents(0);
    visitor.setLastClick(NEVER);
    visitor.setClickRun(0);
    visitor.setQuarantinedUntil(NEVER);
    visitor.setCapWindowMs(0);
    visitor.setCapWindowStart(0);
    visitor.setCapEarned(0);
    visitor.setCapSearches(0);
    visitor.setErasedUntil(until);
  }
}
