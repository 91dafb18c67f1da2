package io.searchloop.streams.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Off-heap memory one thread decodes in, reused from request to request and from policy to policy:
 * ONNX Runtime reads and writes it in place, so a step allocates nothing. Grows, never shrinks.
 */
final class DecodeBuffers {
  private LongBuffer tokens = direct(0).asLongBuffer();
  private FloatBuffer logits = direct(0).asFloatBuffer();
  private FloatBuffer past = direct(0).asFloatBuffer();
  private FloatBuffer present = direct(0).asFloatBuffer();
  private float[] rows = new float[0];

  /** Token ids, room for {@code elements}; position 0, limit there. */
  LongBuffer tokens(int elements) {
    if (tokens.capacity() < elements) {
      tokens = direct(elements * Long.BYTES).asLongBuffer();
    }
    return tokens.clear().limit(elements);
  }

  /** Logits as the graph writes them. */
  FloatBuffer logits(int elements) {
    logits = ensured(logits, elements);
    return logits.clear().limit(elements);
  }

  /** The cache that goes in. */
  FloatBuffer past(int elements) {
    past = ensured(past, elements);
    return past.clear().limit(elements);
  }

  /** The cache that comes out. */
  FloatBuffer present(int elements) {
    present = ensured(present, elements);
    return present.clear().limit(elements);
  }

  /** What came out is the next that goes in. */
  void swapCaches() {
    FloatBuffer previous = past;
    past = present;
    present = previous;
  }

  /** Heap rows of logits, (batch, vocabulary), for the arithmetic on plain arrays. */
  float[] rows(int elements) {
    if (rows.length < elements) {
      rows = new float[elements];
    }
    return rows;
  }

  private static FloatBuffer ensured(FloatBuffer buffer, int elements) {
    // Twice the need: the cache grows by a token a step, and would otherwise move every step.
    return buffer.capacity() >= elements
        ? buffer
        : direct(Math.multiplyExact(2 * Float.BYTES, elements)).asFloatBuffer();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
