package io.searchloop.streams.testing;

import io.searchloop.schemas.HeadSlate;
import io.searchloop.streams.slates.SlateKey;
import io.searchloop.streams.slates.SlateLog;
import io.searchloop.streams.slates.SlateStore;
import java.util.ArrayList;
import java.util.List;

/** A cache topic with readers in the same thread: what is appended, every store has at once. */
public final class LoopedSlates implements SlateLog {
  private final List<SlateStore> readers;
  private final List<HeadSlate> records = new ArrayList<>();

  public LoopedSlates(SlateStore... readers) {
    this.readers = List.of(readers);
  }

  @Override
  public void append(SlateKey key, HeadSlate slate, Runnable onLost) {
    records.add(slate);
    readers.forEach(store -> store.accept(slate, true));
  }

  @Override
  public void retire(SlateKey key) {
    readers.forEach(store -> store.tombstoned(key));
  }

  /** What was appended. */
  public List<HeadSlate> records() {
    return records;
  }
}
