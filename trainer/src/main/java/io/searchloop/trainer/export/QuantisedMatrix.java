package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/**
 * A matrix in unsigned 8 bits, symmetric about {@link #ZERO}, with a scale for each of its rows,
 * which are the output channels: {@code w = scale[row] * (q - 128)}.
 *
 * <p>Unsigned, because processors without VNNI add pairs of signed-by-unsigned products in 16 bits
 * and saturate; unsigned by unsigned is exact everywhere, so what the gate measured is what every
 * worker computes. Worked number: a row (-.5, .25) has scale .5 / 127 and becomes (1, 192), which
 * reads (-.5, .2520).
 */
final class QuantisedMatrix {
  /** What stands for zero. */
  static final int ZERO = 128;

  private static final int LARGEST = 127;

  private QuantisedMatrix() {}

  /** Adds the matrix under its name, and its scales beside it. */
  static void encode(TensorProto matrix, GraphProto.Builder graph) {
    float[] values = Initializers.floats(matrix);
    int rows = Math.toIntExact(matrix.getDims(0));
    int columns = Math.toIntExact(matrix.getDims(1));
    byte[] quantised = new byte[values.length];
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      scales[row] = scale(values, row * columns, columns);
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        quantised[i] = (byte) (ZERO + Math.round(values[i] / scales[row]));
      }
    }
    graph.addInitializer(Initializers.bytes(matrix.getName(), quantised, rows, columns));
    graph.addInitializer(Initializers.floats(scales(matrix.getName()), scales, rows));
  }

  /** Values of a matrix that {@link #encode} made. */
  static float[] decode(TensorProto matrix, TensorProto scales) {
    byte[] quantised = matrix.getRawData().toByteArray();
    float[] scale = Initializers.floats(scales);
    int columns = Math.toIntExact(matrix.getDims(1));
    float[] values = new float[quantised.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale[i / columns] * (Byte.toUnsignedInt(quantised[i]) - ZERO);
    }
    return values;
  }

  static String scales(String name) {
    return name + ".scales";
  }

  /** A row of zeros keeps a scale above zero, so that nothing divides by it. */
  private static float scale(float[] values, int from, int count) {
    float largest = Float.MIN_NORMAL;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return Math.max(largest / LARGEST, Float.MIN_NORMAL);
  }
}
