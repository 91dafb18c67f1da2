package io.searchloop.streams.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Off-heap buffers that ONNX Runtime reads and writes in place. Zeroed when made. */
final class Direct {
  private Direct() {}

  static FloatBuffer floats(int elements) {
    return bytes(Math.multiplyExact(Float.BYTES, elements)).asFloatBuffer();
  }

  static LongBuffer longs(int elements) {
    return bytes(Math.multiplyExact(Long.BYTES, elements)).asLongBuffer();
  }

  /** The buffer, or one twice as large as needed when it is too small: what grows, grows on. */
  static FloatBuffer ensured(FloatBuffer buffer, int elements) {
    return buffer.capacity() >= elements ? buffer : floats(Math.multiplyExact(2, elements));
  }

  /** The buffer, or one twice as large as needed when it is too small. */
  static LongBuffer ensured(LongBuffer buffer, int elements) {
    return buffer.capacity() >= elements ? buffer : longs(Math.multiplyExact(2, elements));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }
}
