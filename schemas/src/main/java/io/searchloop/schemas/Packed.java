package io.searchloop.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Token ids and log-probabilities as little-endian bytes. Boxed lists were the largest source of
 * garbage in the jobs; bytes cost nothing to carry. Readers never move the buffer's position.
 */
public final class Packed {
  private Packed() {}

  /** Packs int32 values. */
  public static ByteBuffer ints(int... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer;
  }

  /** Packs float32 values. */
  public static ByteBuffer floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer;
  }

  /**
   * Unpacks int32 values.
   *
   * @throws IllegalArgumentException when the length is not a multiple of four
   */
  public static int[] ints(ByteBuffer packed) {
    int[] values = new int[elements(packed, Integer.BYTES)];
    packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }

  /**
   * Unpacks float32 values.
   *
   * @throws IllegalArgumentException when the length is not a multiple of four
   */
  public static float[] floats(ByteBuffer packed) {
    float[] values = new float[elements(packed, Float.BYTES)];
    packed.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Copies the bytes out. */
  public static byte[] bytes(ByteBuffer packed) {
    byte[] bytes = new byte[packed.remaining()];
    packed.duplicate().get(bytes);
    return bytes;
  }

  private static int elements(ByteBuffer packed, int size) {
    if (packed.remaining() % size != 0) {
      throw new IllegalArgumentException(
          "Packed array of "
              + packed.remaining()
              + " bytes, expected a multiple of "
              + size
              + ". Write it with Packed.ints or Packed.floats.");
    }
    return packed.remaining() / size;
  }
}
