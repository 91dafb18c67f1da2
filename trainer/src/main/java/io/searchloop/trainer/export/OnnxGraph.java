package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes an ONNX graph like straight code: each method adds a node and returns the name of its
 * result. Opset 17, IR version 8, no custom operators.
 */
final class OnnxGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final OnnxMl.GraphProto.Builder graph;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, String> constants = new HashMap<>();

  OnnxGraph(String name) {
    graph = OnnxMl.GraphProto.newBuilder().setName(name);
  }

  /**
   * Reads a graph back.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static OnnxMl.ModelProto read(byte[] onnx) {
    try {
      return OnnxMl.ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("%d bytes are no ONNX graph".formatted(onnx.length), e);
    }
  }

  /** Declares an input; a dimension is a number or a name. */
  String input(String name, OnnxMl.TensorProto.DataType type, Object... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return name;
  }

  /** Declares {@code result} as the output {@code name}. */
  void output(String name, String result, OnnxMl.TensorProto.DataType type, Object... dimensions) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType("Identity")
            .setName("output_" + name)
            .addInput(result)
            .addOutput(name));
    graph.addOutput(value(name, type, dimensions));
  }

  /** Adds a node with one result. */
  String node(String operator, List<String> inputs, OnnxMl.AttributeProto... attributes) {
    return nodes(operator, 1, inputs, attributes).get(0);
  }

  /** Adds a node without attributes and with one result. */
  String node(String operator, String... inputs) {
    return node(operator, List.of(inputs));
  }

  /** Adds a node with several results. */
  List<String> nodes(
      String operator, int results, List<String> inputs, OnnxMl.AttributeProto... attributes) {
    String name = operator.toLowerCase(Locale.ROOT) + "_" + uses.merge(operator, 1, Integer::sum);
    List<String> outputs =
        results == 1
            ? List.of(name)
            : IntStream.range(0, results).mapToObj(i -> name + "_" + i).toList();
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return outputs;
  }

  /** Stores float32 values under their own name, row by row. */
  String weight(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return initializer(name, OnnxMl.TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A float32 scalar. */
  String scalar(float value) {
    return constants.computeIfAbsent("float_" + value, name -> weight(name, new float[] {value}));
  }

  /** An int64 scalar. */
  String index(long value) {
    return constants.computeIfAbsent("index_" + value, name -> longs(name, value));
  }

  /** An int64 vector: axes, or a shape where 0 copies a dimension and -1 is inferred. */
  String vector(long... values) {
    return constants.computeIfAbsent(
        "vector_" + Arrays.toString(values).replaceAll("[\\[\\] ]", "").replace(',', '_'),
        name -> longs(name, values, values.length));
  }

  /** The model as bytes, with properties that readers of ONNX show. */
  byte[] toBytes(Map<String, String> properties) {
    OnnxMl.ModelProto.Builder model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("searchloop")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    properties.forEach(
        (key, value) ->
            model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  static OnnxMl.AttributeProto attribute(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static OnnxMl.AttributeProto attribute(String name, long[] values) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder()
            .setName(name)
            .setType(OnnxMl.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private String longs(String name, long value) {
    return longs(name, new long[] {value});
  }

  private String longs(String name, long[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return initializer(name, OnnxMl.TensorProto.DataType.INT64, bytes, shape);
  }

  private String initializer(
      String name, OnnxMl.TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private static OnnxMl.ValueInfoProto value(
      String name, OnnxMl.TensorProto.DataType type, Object... dimensions) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      OnnxMl.TensorShapeProto.Dimension.Builder size = shape.addDimBuilder();
      if (dimension instanceof Integer number) {
        size.setDimValue(number);
      } else {
        size.setDimParam(dimension.toString());
      }
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(shape)))
        .build();
  }
}
