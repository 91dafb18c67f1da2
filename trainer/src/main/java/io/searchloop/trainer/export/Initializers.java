package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constants of a graph to arrays and back; raw bytes, little-endian. */
final class Initializers {
  private Initializers() {}

  static float[] floats(TensorProto tensor) {
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(name, DataType.FLOAT, ByteString.copyFrom(bytes), shape);
  }

  static TensorProto bytes(String name, byte[] values, long... shape) {
    return tensor(name, DataType.UINT8, ByteString.copyFrom(values), shape);
  }

  /** An int64 vector. */
  static TensorProto longs(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return tensor(name, DataType.INT64, ByteString.copyFrom(bytes), values.length);
  }

  private static TensorProto tensor(String name, DataType type, ByteString bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(bytes);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor.build();
  }
}
