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
    visitor.setSearches(new ArrayList<>());
    visitor.setWaiting(new ArrayList<>());
    visitor.setWakeAt(Long.MAX_VALUE);
    visitor.setWakesToEnd(false);
    visitor.setSeen(ByteBuffer.allocate(0));
    visitor.setMinute(NEVER);
    visitor.setLastClick(NEVER);
    visitor.setQuarantinedUntil(NEVER);
    return visitor;
  }
}
