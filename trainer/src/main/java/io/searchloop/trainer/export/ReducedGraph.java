package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites an exported float32 graph to one with smaller weights and the same inputs and outputs.
 *
 * <p>Matrices keep their names and layout, so the releases of one precision still differ only where
 * training changed something. Norms, biases, rotary tables, attention scores and the cache stay
 * float32. Whoever ships the result states what it loses: {@link PrecisionLoss}.
 */
public final class ReducedGraph {
  private static final String MATRIX = ".weight";

  private final GraphProto source;
  private final Map<String, TensorProto> matrices = new LinkedHashMap<>();
  private final GraphProto.Builder target;

  private ReducedGraph(GraphProto source) {
    this.source = source;
    this.target = source.toBuilder().clearInitializer().clearNode();
    for (TensorProto tensor : source.getInitializerList()) {
      if (tensor.getName().endsWith(MATRIX)
          && tensor.getDimsCount() == 2
          && tensor.getDataType() == DataType.FLOAT.getNumber()) {
        matrices.put(tensor.getName(), tensor);
      } else {
        target.addInitializer(tensor);
      }
    }
  }

  /**
   * The graph in another precision.
   *
   * @param onnx a float32 graph of {@link OnnxExporter}
   */
  public static byte[] of(byte[] onnx, GraphPrecision precision) {
    if (precision == GraphPrecision.FP32) {
      return onnx;
    }
    ModelProto.Builder model = OnnxGraph.read(onnx).toBuilder();
    return model
        .setGraph(reduced(model.getGraph(), precision))
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(GraphPrecision.PROPERTY)
                .setValue(precision.name()))
        .build()
        .toByteArray();
  }

  private static GraphProto reduced(GraphProto exact, GraphPrecision precision) {
    return switch (precision) {
      case FP32 -> exact;
      case BF16 -> RoundedWeights.in(exact);
      case FP16 -> new ReducedGraph(exact).halve();
      case INT8 -> new ReducedGraph(exact).quantise();
    };
  }

  /** Stores matrices as float16; a cast that the runtime folds when it loads the graph. */
  private GraphProto halve() {
    matrices.forEach(
        (name, matrix) -> {
          target.addInitializer(HalfMatrix.encode(matrix));
          target.addNode(HalfMatrix.widen(name));
        });
    for (NodeProto node : source.getNodeList()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        if (matrices.containsKey(node.getInput(i))) {
          changed.setInput(i, HalfMatrix.widened(node.getInput(i)));
        }
      }
      target.addNode(changed);
    }
    return target.build();
  }

  /** Multiplies by matrices of 8 bits, and looks embeddings up in them. */
  private GraphProto quantise() {
    matrices.values().forEach(matrix -> QuantisedMatrix.encode(matrix, target));
    QuantisedNodes nodes = new QuantisedNodes(target);
    Map<String, String> transposed = new HashMap<>();
    for (NodeProto node : source.getNodeList()) {
      List<String> inputs = node.getInputList();
      if (node.getOpType().equals("Transpose") && matrices.containsKey(inputs.get(0))) {
        transposed.put(node.getOutput(0), inputs.get(0));
        target.addNode(node);
      } else if (node.getOpType().equals("MatMul") && transposed.containsKey(inputs.get(1))) {
        nodes.multiply(node, transposed.get(inputs.get(1)));
      } else if (node.getOpType().equals("Gather") && matrices.containsKey(inputs.get(0))) {
        nodes.lookUp(node);
      } else {
        requireNoMatrix(node);
        target.addNode(node);
      }
    }
    return target.build();
  }

  private void requireNoMatrix(NodeProto node) {
    for (String input : node.getInputList()) {
      if (matrices.containsKey(input)) {
        throw new IllegalStateException(
            "Graph node %s (%s) uses matrix `%s` in a way that cannot be quantised, expected a"
                    .formatted(node.getName(), node.getOpType(), input)
                + " projection or a lookup. Export with trainer.export-precision=fp32.");
      }
    }
  }
}
