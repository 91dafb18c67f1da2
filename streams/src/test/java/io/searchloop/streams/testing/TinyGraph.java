package io.searchloop.streams.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The ONNX graph of {@link TinyPolicy}.
 *
 * <pre>
 *   key = features[tokens]; present = past ++ (key, -key); sums = running sum of present keys
 *   logits = bigrams[tokens] + sums of the new positions x projection
 * </pre>
 */
final class TinyGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final float SCALE = .2f;

  private final float[][] bigrams;
  private final int vocabulary;
  private final SplittableRandom random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private String summed = "present";

  TinyGraph(float[][] bigrams, long seed) {
    this.bigrams = bigrams;
    this.vocabulary = bigrams.length;
    this.random = new SplittableRandom(seed + 1);
  }

  /** Sums only the new keys. */
  TinyGraph forgetful() {
    summed = "padded";
    return this;
  }

  byte[] toBytes() {
    long width = TinyPolicy.HEAD_DIMENSION;
    graph.addInput(value("tokens", TensorProto.DataType.INT64, "batch", "time"));
    graph.addInput(value("past", TensorProto.DataType.FLOAT, 2, "batch", 1, "past", width));
    graph.addOutput(value("logits", TensorProto.DataType.FLOAT, "batch", "time", vocabulary));
    graph.addOutput(value("present", TensorProto.DataType.FLOAT, 2, "batch", 1, "total", width));
    floats("bigrams", List.of((long) vocabulary, (long) vocabulary), flatten());
    floats("features", List.of((long) vocabulary, width), noise(vocabulary * (int) width));
    floats("projection", List.of(width, (long) vocabulary), noise(vocabulary * (int) width));
    longs("axes02", 0, 2);
    longs("axis1", 1);
    longs("index3", 3);
    longs("end", Long.MAX_VALUE);
    scalar("three", 3);
    scalar("zero", 0);
    node("Gather", "feature", "features", "tokens");
    node("Unsqueeze", "key", "feature", "axes02");
    node("Neg", "value", "key");
    concat("fresh", 0, "key", "value");
    concat("present", 3, "past", "fresh");
    node("Mul", "nothing", "past", "zerof");
    floats("zerof", List.of(), new float[] {0});
    concat("padded", 3, "nothing", "fresh");
    node("CumSum", "sums", summed, "three");
    node("Gather", "keysums", "sums", "zero");
    node("Squeeze", "rows", "keysums", "axis1");
    node("Shape", "pastshape", "past");
    node("Gather", "pastlength", "pastshape", "index3");
    node("Slice", "newrows", "rows", "pastlength", "end", "axis1");
    node("MatMul", "context", "newrows", "projection");
    node("Gather", "bigram", "bigrams", "tokens");
    node("Add", "logits", "context", "bigram");
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private void node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output));
  }

  private void concat(String output, long axis, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Concat")
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(axis)));
  }

  private void floats(String name, List<Long> shape, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
  }

  private void longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
  }

  private void scalar(String name, long value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addInt64Data(value));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (Object dim : shape) {
      if (dim instanceof Number size) {
        dims.addDimBuilder().setDimValue(size.longValue());
      } else {
        dims.addDimBuilder().setDimParam(dim.toString());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dims)))
        .build();
  }

  private float[] noise(int elements) {
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = SCALE * (float) random.nextGaussian();
    }
    return values;
  }

  private float[] flatten() {
    float[] values = new float[vocabulary * vocabulary];
    for (int row = 0; row < vocabulary; row++) {
      System.arraycopy(bigrams[row], 0, values, row * vocabulary, vocabulary);
    }
    return values;
  }
}
