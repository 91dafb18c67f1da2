package io.searchloop.jobs.attribution;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events a visitor has been seen to send, until each is forgotten. Entries of 24 bytes: the
 * identity's XXH3-128, then the last instant at which a repetition is a duplicate, epoch
 * milliseconds. Packed, because there is one for every event of the long window. Few are searched
 * from the end, many are indexed while the visitor is worked off.
 *
 * <p>The hash need not withstand malice: who makes two identities collide loses one of their own
 * events.
 */
final class SeenEvents {
  private static final int ENTRY_BYTES = 3 * Long.BYTES;
  private static final int UNTIL = 2 * Long.BYTES;

  private static final int MANY_BYTES = 64 * ENTRY_BYTES;

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private ByteBuffer entries;
  private int length;
  private @Nullable Map<HashValue128, Long> untilByIdentity;

  /**
   * @param packed entries as {@link #packed} gave them
   */
  SeenEvents(ByteBuffer packed) {
    entries = packed.slice();
    length = entries.capacity();
  }

  /** What stands for an identity here. */
  static HashValue128 hash(String identity) {
    return HASHER.hashCharsTo128Bits(identity);
  }

  /** Whether an event of this identity is remembered at an instant. */
  boolean contains(HashValue128 identity, long time) {
    if (length > MANY_BYTES) {
      return index().getOrDefault(identity, Long.MIN_VALUE) >= time;
    }
    for (int at = length - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
      if (entries.getLong(at) == identity.getMostSignificantBits()
          && entries.getLong(at + Long.BYTES) == identity.getLeastSignificantBits()
          && entries.getLong(at + UNTIL) >= time) {
        return true;
      }
    }
    return false;
  }

  void remember(HashValue128 identity, long until) {
    if (length + ENTRY_BYTES > entries.capacity()) {
      ByteBuffer larger = ByteBuffer.allocate(Math.max(8 * ENTRY_BYTES, 2 * length));
      larger.put(0, entries, 0, length);
      entries = larger;
    }
    entries.putLong(length, identity.getMostSignificantBits());
    entries.putLong(length + Long.BYTES, identity.getLeastSignificantBits());
    entries.putLong(length + UNTIL, until);
    length += ENTRY_BYTES;
    if (untilByIdentity != null) {
      untilByIdentity.merge(identity, until, Math::max);
    }
  }

  /** Drops what no repetition after an instant can match; the last thing to be done here. */
  void forgetUntil(long time) {
    int kept = 0;
    for (int at = 0; at < length; at += ENTRY_BYTES) {
      if (entries.getLong(at + UNTIL) > time) {
        if (kept != at) {
          entries.put(kept, entries, at, ENTRY_BYTES);
        }
        kept += ENTRY_BYTES;
      }
    }
    length = kept;
  }

  /** Forgets everything. */
  void clear() {
    entries = ByteBuffer.allocate(0);
    length = 0;
    untilByIdentity = null;
  }

  /** The last instant at which anything is remembered; the least long when nothing is. */
  long rememberedUntil() {
    long until = Long.MIN_VALUE;
    for (int at = 0; at < length; at += ENTRY_BYTES) {
      until = Math.max(until, entries.getLong(at + UNTIL));
    }
    return until;
  }

  private Map<HashValue128, Long> index() {
    if (untilByIdentity == null) {
      untilByIdentity = new HashMap<>();
      for (int at = 0; at < length; at += ENTRY_BYTES) {
        untilByIdentity.merge(
            new HashValue128(entries.getLong(at), entries.getLong(at + Long.BYTES)),
            entries.getLong(at + UNTIL),
            Math::max);
      }
    }
    return untilByIdentity;
  }

  ByteBuffer packed() {
    return entries.slice(0, length);
  }
}
