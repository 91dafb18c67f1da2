package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;

/**
 * Weights of a graph rounded to bfloat16, the upper half of a float32: the exponent's range and
 * eight significant bits. Ties go to the even neighbour. The tensors stay float32, so that graph
 * and speed stay what they are. Worked number: 1.005 has bits 0x3f80a3d7 and becomes 0x3f810000,
 * 1.0078.
 */
final class RoundedWeights {
  /** Everything trained; rotary tables and constants keep their bits. */
  private static final List<String> TRAINED = List.of(".weight", ".bias");

  private static final int LOWER = 0xffff;
  private static final int HALF = 0x7fff;
  private static final int QUIET = 0x400000;

  private RoundedWeights() {}

  static GraphProto in(GraphProto exact) {
    GraphProto.Builder rounded = exact.toBuilder().clearInitializer();
    for (TensorProto tensor : exact.getInitializerList()) {
      boolean trained =
          tensor.getDataType() == DataType.FLOAT.getNumber()
              && TRAINED.stream().anyMatch(tensor.getName()::endsWith);
      rounded.addInitializer(trained ? round(tensor) : tensor);
    }
    return rounded.build();
  }

  /** The nearest bfloat16 of a float32, both as bits. */
  static int round(int bits) {
    if (Float.isNaN(Float.intBitsToFloat(bits))) {
      return (bits | QUIET) & ~LOWER; // rounding up could make an infinity of it
    }
    return bits + HALF + (bits >>> Short.SIZE & 1) & ~LOWER;
  }

  private static TensorProto round(TensorProto tensor) {
    ByteBuffer bytes =
        ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    IntBuffer weights = bytes.asIntBuffer();
    for (int i = 0; i < weights.limit(); i++) {
      weights.put(i, round(weights.get(i)));
    }
    return tensor.toBuilder().setRawData(ByteString.copyFrom(bytes.array())).build();
  }
}
