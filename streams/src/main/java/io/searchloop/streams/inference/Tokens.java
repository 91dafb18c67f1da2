package io.searchloop.streams.inference;

import java.nio.LongBuffer;

/** Token ids between heap arrays and the buffers a graph reads. */
final class Tokens {
  private Tokens() {}

  /** Writes ids from index 0 without moving the position. */
  static LongBuffer fill(LongBuffer buffer, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      buffer.put(i, ids[i]);
    }
    return buffer;
  }
}
