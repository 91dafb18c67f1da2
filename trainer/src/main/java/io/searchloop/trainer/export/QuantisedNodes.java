package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes around a {@link QuantisedMatrix}, in the form that ONNX Runtime fuses to one kernel:
 *
 * <pre>
 *   x -> DynamicQuantizeLinear -> MatMulInteger(., W) -> Cast -> Mul(scale of x * scales of W)
 * </pre>
 *
 * A matrix product's input is quantised once, whoever uses it. Its one scale spans the batch, so
 * what an answer scores depends a little on its company; the sampler logs the score it drew from.
 */
final class QuantisedNodes {
  private static final String ZERO = "quantised.zero";
  private static final String OFFSET = "quantised.offset";
  private static final String COLUMN = "quantised.column";

  /** Names of a quantised input: its bytes, scale and zero point. */
  private record Quantised(String bytes, String scale, String zero) {}

  private final GraphProto.Builder graph;
  private final Map<String, Quantised> inputs = new HashMap<>();

  QuantisedNodes(GraphProto.Builder graph) {
    this.graph = graph;
    graph.addInitializer(Initializers.bytes(ZERO, new byte[] {(byte) QuantisedMatrix.ZERO}));
    graph.addInitializer(Initializers.floats(OFFSET, new float[] {QuantisedMatrix.ZERO}));
    graph.addInitializer(Initializers.longs(COLUMN, -1));
  }

  /** Replaces {@code MatMul(x, transposed matrix)}; the result keeps its name. */
  void multiply(NodeProto product, String matrix) {
    String result = product.getOutput(0);
    Quantised x = inputs.computeIfAbsent(product.getInput(0), this::quantise);
    List<String> factors = List.of(x.bytes(), product.getInput(1), x.zero(), ZERO);
    add("MatMulInteger", factors, result + ".integers");
    add("Cast", List.of(result + ".integers"), result + ".unscaled", toFloat());
    add("Mul", List.of(x.scale(), QuantisedMatrix.scales(matrix)), result + ".scale");
    add("Mul", List.of(result + ".unscaled", result + ".scale"), result);
  }

  /** Replaces {@code Gather(matrix, rows)}; the result keeps its name. */
  void lookUp(NodeProto gather) {
    String matrix = gather.getInput(0);
    String rows = gather.getInput(1);
    String result = gather.getOutput(0);
    add("Gather", List.of(matrix, rows), result + ".bytes");
    add("Cast", List.of(result + ".bytes"), result + ".shifted", toFloat());
    add("Sub", List.of(result + ".shifted", OFFSET), result + ".unscaled");
    add("Gather", List.of(QuantisedMatrix.scales(matrix), rows), result + ".row-scales");
    add("Unsqueeze", List.of(result + ".row-scales", COLUMN), result + ".scales");
    add("Mul", List.of(result + ".unscaled", result + ".scales"), result);
  }

  private Quantised quantise(String x) {
    Quantised names = new Quantised(x + ".bytes", x + ".scale", x + ".zero");
    graph.addNode(
        node("DynamicQuantizeLinear", List.of(x), names.bytes())
            .addOutput(names.scale())
            .addOutput(names.zero()));
    return names;
  }

  private void add(
      String operator, List<String> from, String result, AttributeProto... attributes) {
    graph.addNode(node(operator, from, result).addAllAttribute(List.of(attributes)));
  }

  private static NodeProto.Builder node(String operator, List<String> from, String result) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(operator + "/" + result)
        .addAllInput(from)
        .addOutput(result);
  }

  private static AttributeProto toFloat() {
    return OnnxGraph.attribute("to", DataType.FLOAT.getNumber());
  }
}
