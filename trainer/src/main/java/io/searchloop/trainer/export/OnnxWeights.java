package io.searchloop.trainer.export;

import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.RotaryTables;
import io.searchloop.trainer.network.Tensors;

/** The constants of the graph: weights by checkpoint name, and the rotary tables. */
final class OnnxWeights {
  static final String COSINES = "rotary.cosines";
  static final String SINES = "rotary.sines";

  private final OnnxGraph graph;

  private OnnxWeights(OnnxGraph graph) {
    this.graph = graph;
  }

  static OnnxWeights add(OnnxGraph graph, PolicyNetwork network) {
    network
        .parameters()
        .forEach(
            (name, weight) -> graph.weight(name, Tensors.toFloats(weight), Tensors.shape(weight)));
    RotaryTables tables = RotaryTables.of(network.config());
    long[] shape = {network.config().maxPositions(), network.config().headDim()};
    graph.weight(COSINES, tables.cosines(), shape);
    graph.weight(SINES, tables.sines(), shape);
    return new OnnxWeights(graph);
  }

  /** {@code x * weight^T}; the runtime folds the transposition when it loads the graph. */
  String project(String x, String weight) {
    return graph.node("MatMul", x, graph.node("Transpose", weight));
  }
}
