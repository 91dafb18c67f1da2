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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The ONNX graph of {@link TinyPolicy}.
 *
 * <pre>
 *   key = features[tokens]; cache: (key, -key); sums = running sum of cached and new keys
 *   logits = bigrams[tokens] + sums of the new positions x projection
 * </pre>
 *
 * It comes in the ragged form, and in the even one of releases before; both compute the same.
 */
final class TinyGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final long WIDTH = TinyPolicy.HEAD_DIMENSION;
  private static final float SCALE = .2f;

  private final float[][] bigrams;
  private final int vocabulary;
  private final SplittableRandom random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private boolean even;
  private boolean forgetful;
  private int mostRows = Integer.MAX_VALUE;

  TinyGraph(float[][] bigrams, long seed) {
    this.bigrams = bigrams;
    this.vocabulary = bigrams.length;
    this.random = new SplittableRandom(seed + 1);
  }

  /** Of equally long rows. */
  TinyGraph even() {
    even = true;
    return this;
  }

  /** Sums only the new keys. */
  TinyGraph forgetful() {
    forgetful = true;
    return this;
  }

  /** Fails with more rows. */
  TinyGraph ofAtMost(int rows) {
    mostRows = rows;
    return this;
  }

  byte[] toBytes() {
    graph.addInput(value("tokens", TensorProto.DataType.INT64, "batch", "time"));
    floats("bigrams", List.of((long) vocabulary, (long) vocabulary), flatten());
    floats("features", List.of((long) vocabulary, WIDTH), noise(vocabulary * (int) WIDTH));
    floats("projection", List.of(WIDTH, (long) vocabulary), noise(vocabulary * (int) WIDTH));
    floats("remembered", List.of(), new float[] {forgetful ? 0 : 1});
    longs("axis1", 1);
    scalar("zero", 0);
    scalar("one", 1);
    node("Gather", "feature", "features", "tokens");
    node("Gather", "bigram", "bigrams", "tokens");
    if (even) {
      evenRows();
    } else {
      raggedRows();
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private void evenRows() {
    graph.addInput(value("past", TensorProto.DataType.FLOAT, 2, "batch", 1, "past", WIDTH));
    graph.addOutput(value("logits", TensorProto.DataType.FLOAT, "batch", "time", vocabulary));
    graph.addOutput(value("present", TensorProto.DataType.FLOAT, 2, "batch", 1, "total", WIDTH));
    longs("axes02", 0, 2);
    node("Unsqueeze", "key", "feature", "axes02");
    node("Neg", "value", "key");
    concat("fresh", 0, "key", "value");
    concat("present", 3, "past", "fresh");
    node("Gather", "pastkeys", "past", "zero"); // (batch, 1, past, width)
    node("Squeeze", "pastrows", "pastkeys", "axis1");
    node("ReduceSum", "pastsum", "pastrows", "axis1");
    logits("logits");
  }

  private void raggedRows() {
    graph.addInput(value("lengths", TensorProto.DataType.INT64, "batch"));
    graph.addInput(value("scored", TensorProto.DataType.INT64, "rows"));
    graph.addOutput(value("logits", TensorProto.DataType.FLOAT, "rows", vocabulary));
    for (String end : List.of("0", "1")) {
      graph.addInput(
          value("past." + end, TensorProto.DataType.FLOAT, "batch", 1, "capacity", WIDTH));
      graph.addOutput(value("fresh." + end, TensorProto.DataType.FLOAT, "batch", 1, "time", WIDTH));
    }
    longs("flat", -1, vocabulary);
    scalar("two", 2);
    node("Unsqueeze", "fresh.0", "feature", "axis1");
    node("Neg", "fresh.1", "fresh.0");
    node("Shape", "pastshape", "past.0");
    node("Gather", "capacity", "pastshape", "two");
    node("Range", "slots", "zero", "capacity", "one");
    node("Unsqueeze", "filled", "lengths", "axis1");
    node("Less", "visible", "slots", "filled"); // (batch, capacity)
    cast("weights", "visible");
    node("Unsqueeze", "weightrows", "weights", "axis1");
    node("Squeeze", "pastrows", "past.0", "axis1");
    node("MatMul", "pastsum", "weightrows", "pastrows"); // (batch, 1, width)
    logits("all");
    node("Reshape", "rows", "all", "flat");
    node("Gather", "logits", "rows", "scored");
  }

  /** From the sum of the cached keys, (batch, 1, width). */
  private void logits(String output) {
    node("Mul", "kept", "pastsum", mostRows < Integer.MAX_VALUE ? bounded() : "remembered");
    node("CumSum", "newsums", "feature", "one");
    node("Add", "sums", "newsums", "kept");
    node("MatMul", "context", "sums", "projection");
    node("Add", output, "context", "bigram");
  }

  /** What is remembered, found in a table that has no entry for more rows. */
  private String bounded() {
    float[] table = new float[mostRows + 1];
    Arrays.fill(table, forgetful ? 0 : 1);
    floats("table", List.of((long) table.length), table);
    node("Shape", "tokenshape", "tokens");
    node("Gather", "rowcount", "tokenshape", "zero");
    node("Gather", "looked", "table", "rowcount");
    return "looked";
  }

  private void cast(String output, String input) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Cast")
            .setName(output)
            .addInput(input)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(TensorProto.DataType.FLOAT.getNumber())));
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
