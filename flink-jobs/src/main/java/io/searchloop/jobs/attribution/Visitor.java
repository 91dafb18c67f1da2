package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.DecidedSearch;
import io.searchloop.jobs.intake.WaitingRecord;
import io.searchloop.schemas.state.VisitorState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A visitor at hand: what is known, which records wait for event time to reach them, and when to
 * look next. One task thread.
 */
final class Visitor {
  private static final long NEVER = Long.MAX_VALUE;

  private final List<WaitingRecord> waiting = new ArrayList<>();
  private VisitorState state;

  private Visitor(VisitorState state) {
    this.state = state;
  }

  /** A visitor nothing is known of. */
  static Visitor unknown() {
    return new Visitor(VisitorStates.fresh());
  }

  /** A visitor as {@link #toState} left it. */
  static Visitor of(VisitorState state) {
    Visitor visitor = new Visitor(state);
    for (ByteBuffer packed : state.getWaiting()) {
      visitor.waiting.add(WaitingRecord.unpack(packed));
    }
    return visitor;
  }

  /** Everything there is to keep; the waiting records are packed into it. */
  VisitorState toState() {
    List<ByteBuffer> packed = new ArrayList<>(waiting.size());
    for (WaitingRecord record : waiting) {
      packed.add(ByteBuffer.wrap(record.pack()));
    }
    state.setWaiting(packed);
    return state;
  }

  /** What is known, for the timeline to work on. */
  VisitorState known() {
    return state;
  }

  /** Forgets what is known, its timer too; records may wait on. */
  void forget() {
    state = VisitorStates.fresh();
  }

  void await(WaitingRecord record) {
    waiting.add(record);
  }

  boolean awaitsRecords() {
    return !waiting.isEmpty();
  }

  /** Event time of the earliest record that waits; the greatest long when none does. */
  long earliestAwaited() {
    long earliest = NEVER;
    for (WaitingRecord record : waiting) {
      earliest = Math.min(earliest, record.eventTime());
    }
    return earliest;
  }

  /** Takes the records that event time has reached, in causal order. */
  List<HeldRecord> takeUntil(long horizon, DecidedSearch searches) {
    List<HeldRecord> due = new ArrayList<>(waiting.size());
    for (Iterator<WaitingRecord> records = waiting.iterator(); records.hasNext(); ) {
      WaitingRecord record = records.next();
      if (record.eventTime() <= horizon) {
        due.add(HeldRecord.read(record, searches));
        records.remove();
      }
    }
    due.sort(null);
    return due;
  }

  /** When its timer fires; the greatest long when it has none. */
  long wakeAt() {
    return state.getWakeAt();
  }

  /** Whether nothing is to be done when its timer fires but to drop it. */
  boolean wakesToEnd() {
    return state.getWakesToEnd();
  }

  void wakeAt(long time, boolean toEnd) {
    state.setWakeAt(time);
    state.setWakesToEnd(toEnd);
  }

  void awake() {
    wakeAt(NEVER, false);
  }
}
