package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.searchloop.trainer.network.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A matrix in IEEE half precision, rounded to the nearest: 11 significant bits, up to 65504. */
final class HalfMatrix {
  private HalfMatrix() {}

  /** The same matrix with half the bytes, under its name. */
  static TensorProto encode(TensorProto matrix) {
    return matrix.toBuilder()
        .setDataType(DataType.FLOAT16.getNumber())
        .setRawData(narrow(Initializers.floats(matrix)))
        .build();
  }

  /** Values of a matrix that {@link #encode} made. */
  static float[] decode(TensorProto matrix) {
    byte[] bytes = matrix.getRawData().toByteArray();
    short[] bits = new short[bytes.length / Short.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(bits);
    try (PointerScope scope = new PointerScope()) {
      Tensor halves = torch.empty(bits.length).to(torch.ScalarType.Half);
      new BytePointer(halves.data_ptr()).capacity(bytes.length).put(bytes, 0, bytes.length);
      return Tensors.toFloats(halves);
    }
  }

  /** The node that makes float32 of it again. */
  static NodeProto widen(String name) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName("widen_" + name)
        .addInput(name)
        .addOutput(widened(name))
        .addAttribute(OnnxGraph.attribute("to", DataType.FLOAT.getNumber()))
        .build();
  }

  static String widened(String name) {
    return name + ".float";
  }

  private static ByteString narrow(float[] values) {
    try (PointerScope scope = new PointerScope()) {
      Tensor halves = Tensors.ofFloats(values, values.length).to(torch.ScalarType.Half);
      byte[] bytes = new byte[values.length * Short.BYTES];
      new BytePointer(halves.data_ptr()).capacity(bytes.length).get(bytes);
      return ByteString.copyFrom(bytes);
    }
  }
}
