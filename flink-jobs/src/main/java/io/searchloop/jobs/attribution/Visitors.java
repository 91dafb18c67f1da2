package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.VisitorId;
import io.searchloop.jobs.state.StateCodec;
import io.searchloop.schemas.state.VisitorState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The visitors of a subtask, those of late at hand and all others as bytes in keyed state.
 *
 * <p>Shoppers act in bursts. Read, decoded, encoded and written once a burst instead of once an
 * event, a visitor costs a fraction; on RocksDB, most of what it cost. So changes stay in memory
 * until the visitor must make room for another, the longest untouched first, and {@link #store}
 * writes all of them before each snapshot: what a checkpoint holds is complete, and a subtask that
 * dies loses nothing but what its sources will send again.
 *
 * <p>One task thread.
 */
final class Visitors {
  private final KeyContext keys;
  private final ValueState<byte[]> state;
  private final StateCodec<VisitorState> codec = StateCodec.ofVisitors();
  private final int capacity;

  /** Visitors at hand, the longest untouched first. */
  private final LinkedHashMap<VisitorId, Entry> atHand = new LinkedHashMap<>(16, .75f, true);

  /** A visitor and how far its state lags behind it. */
  private static final class Entry {
    final Visitor visitor;
    boolean stored;
    boolean changed;

    Entry(Visitor visitor, boolean stored) {
      this.visitor = visitor;
      this.stored = stored;
    }
  }

  /**
   * @param keys chooses the visitor that the state speaks of
   * @param state one value a visitor
   * @param capacity visitors at hand at most
   */
  Visitors(KeyContext keys, ValueState<byte[]> state, int capacity) {
    this.keys = keys;
    this.state = state;
    this.capacity = capacity;
  }

  /** The visitor of the current key, to be changed. */
  Visitor current() throws IOException {
    VisitorId key = currentKey();
    Entry entry = atHand.get(key);
    if (entry == null) {
      entry = read();
      atHand.put(key, entry);
      makeRoom(key);
    }
    entry.changed = true;
    return entry.visitor;
  }

  /** Drops the visitor of the current key unread, of whom nothing is left to keep. */
  void dropCurrent() {
    Entry entry = atHand.remove(currentKey());
    if (entry == null || entry.stored) {
      state.clear();
    }
  }

  /**
   * Puts away the visitor of the current key, who is not expected soon: decoded it would only be
   * copied from one generation of the heap to the next.
   */
  void putAwayCurrent() throws IOException {
    VisitorId key = currentKey();
    Entry entry = atHand.remove(key);
    if (entry != null) {
      write(key, entry);
    }
  }

  /** Writes every change into keyed state. Leaves another key current. */
  void store() throws IOException {
    for (Map.Entry<VisitorId, Entry> entry : atHand.entrySet()) {
      write(entry.getKey(), entry.getValue());
    }
  }

  private Entry read() throws IOException {
    byte[] bytes = state.value();
    return bytes == null
        ? new Entry(Visitor.unknown(), false)
        : new Entry(Visitor.of(codec.read(ByteBuffer.wrap(bytes))), true);
  }

  private void makeRoom(VisitorId current) throws IOException {
    if (atHand.size() <= capacity) {
      return;
    }
    Iterator<Map.Entry<VisitorId, Entry>> oldest = atHand.entrySet().iterator();
    Map.Entry<VisitorId, Entry> leaving = oldest.next();
    write(leaving.getKey(), leaving.getValue());
    oldest.remove();
    keys.setCurrentKey(current);
  }

  private void write(VisitorId key, Entry entry) throws IOException {
    if (entry.changed) {
      keys.setCurrentKey(key);
      state.update(codec.write(entry.visitor.toState()));
      entry.stored = true;
      entry.changed = false;
    }
  }

  private VisitorId currentKey() {
    return (VisitorId) keys.getCurrentKey();
  }
}
