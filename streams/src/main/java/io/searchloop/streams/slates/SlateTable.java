package io.searchloop.streams.slates;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slates of one generation. Guarded by the store's lock. */
final class SlateTable {
  private final Generation generation;
  private final Map<Digest, PackedSlate> slates = new HashMap<>();
  private long sizeBytes;

  SlateTable(Generation generation) {
    this.generation = generation;
  }

  Generation generation() {
    return generation;
  }

  @Nullable PackedSlate get(Digest digest) {
    return slates.get(digest);
  }

  void put(Digest digest, PackedSlate slate) {
    slates.put(digest, slate);
    sizeBytes += slate.sizeBytes();
  }

  /** Removes a slate if its content is the one named. */
  void remove(Digest digest, long hash) {
    PackedSlate slate = slates.get(digest);
    if (slate != null && slate.hash() == hash) {
      slates.remove(digest);
      sizeBytes -= slate.sizeBytes();
    }
  }

  int size() {
    return slates.size();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Removes slates until {@code keys} holds {@code limit} of own ones, or nothing is left. */
  void drainOwn(List<SlateKey> keys, int limit) {
    Iterator<Map.Entry<Digest, PackedSlate>> rest = slates.entrySet().iterator();
    while (keys.size() < limit && rest.hasNext()) {
      Map.Entry<Digest, PackedSlate> entry = rest.next();
      rest.remove();
      if (entry.getValue().own()) {
        keys.add(new SlateKey(generation, entry.getKey(), entry.getValue().hash()));
      }
    }
  }
}
