package io.searchloop.trainer.export;

import static io.searchloop.trainer.export.OnnxGraph.attribute;

import io.searchloop.trainer.network.NetworkConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder in ONNX operators, line by line what {@code PolicyNetwork} does in libtorch, plus the
 * cache of keys and values.
 *
 * <p>Shapes: B batch, T new tokens, P past, S = P + T, W width, D head size, H heads, K key-value
 * heads, G = H / K.
 */
final class Decoder {
  /** Names of the two results. */
  record Result(String logits, String present) {}

  private final OnnxGraph graph;
  private final NetworkConfig config;
  private final OnnxWeights weights;

  Decoder(OnnxGraph graph, NetworkConfig config, OnnxWeights weights) {
    this.graph = graph;
    this.config = config;
    this.weights = weights;
  }

  Result build(String tokens, String past) {
    Positions positions = positions(tokens, past);
    List<String> caches = new ArrayList<>();
    String x = graph.node("Gather", NetworkConfig.EMBEDDING, tokens); // (B, T, W)
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = NetworkConfig.layerPrefix(layer);
      String normed = norm(x, prefix + "input_layernorm.weight");
      x = graph.node("Add", x, attention(normed, prefix, layer, past, positions, caches));
      String between = norm(x, prefix + "post_attention_layernorm.weight");
      x = graph.node("Add", x, mlp(between, prefix + "mlp."));
    }
    String logits = weights.project(norm(x, NetworkConfig.FINAL_NORM), config.headName());
    return new Result(logits, graph.node("Concat", caches, attribute("axis", 0)));
  }

  /** What depends on positions only; computed once for all layers. */
  private record Positions(String cosines, String sines, String causalBias) {}

  private Positions positions(String tokens, String past) {
    String time = graph.node("Gather", graph.node("Shape", tokens), graph.index(1));
    String pastLength = graph.node("Gather", graph.node("Shape", past), graph.index(3));
    String total = graph.node("Add", pastLength, time);
    String queries = graph.node("Range", pastLength, total, graph.index(1)); // (T)
    String keys = graph.node("Range", graph.index(0), total, graph.index(1)); // (S)
    String later = graph.node("Greater", keys, graph.node("Unsqueeze", queries, graph.vector(1)));
    String bias = // (T, S)
        graph.node("Where", later, graph.scalar(Float.NEGATIVE_INFINITY), graph.scalar(0));
    return new Positions(
        graph.node("Gather", OnnxWeights.COSINES, queries),
        graph.node("Gather", OnnxWeights.SINES, queries),
        bias);
  }

  private String attention(
      String x, String prefix, int layer, String past, Positions positions, List<String> caches) {
    String query = heads(x, prefix + "self_attn.q_proj", config.heads());
    String key = heads(x, prefix + "self_attn.k_proj", config.keyValueHeads());
    String value = heads(x, prefix + "self_attn.v_proj", config.keyValueHeads());
    String keys = cached(past, 2 * layer, turn(key, positions), caches); // (B, K, S, D)
    String values = cached(past, 2 * layer + 1, value, caches);

    String scale = graph.scalar((float) (1 / Math.sqrt(config.headDim())));
    String scaled = grouped(graph.node("Mul", turn(query, positions), scale));
    String transposed = transpose(keys, 0, 1, 3, 2);
    String scores = ungrouped(graph.node("MatMul", scaled, transposed)); // (B, H, T, S)
    String shares =
        graph.node(
            "Softmax",
            List.of(graph.node("Add", scores, positions.causalBias())),
            attribute("axis", -1));
    String mixed = ungrouped(graph.node("MatMul", grouped(shares), values)); // (B, H, T, D)
    String joined =
        graph.node(
            "Reshape", transpose(mixed, 0, 2, 1, 3), graph.vector(0, 0, config.attentionWidth()));
    return weights.project(joined, prefix + "self_attn.o_proj.weight");
  }

  /** Appends new keys or values to those of the past, and notes the result for {@code present}. */
  private String cached(String past, int index, String fresh, List<String> caches) {
    String before = graph.node("Gather", past, graph.index(index));
    String all = graph.node("Concat", List.of(before, fresh), attribute("axis", 2));
    caches.add(graph.node("Unsqueeze", all, graph.vector(0)));
    return all;
  }

  private String mlp(String x, String prefix) {
    String gate = weights.project(x, prefix + "gate_proj.weight");
    String silu = graph.node("Mul", gate, graph.node("Sigmoid", gate));
    String up = weights.project(x, prefix + "up_proj.weight");
    return weights.project(graph.node("Mul", silu, up), prefix + "down_proj.weight");
  }

  private String norm(String x, String weight) {
    String squares = graph.node("Pow", x, graph.scalar(2));
    String mean =
        graph.node(
            "ReduceMean",
            List.of(squares),
            attribute("axes", new long[] {-1}),
            attribute("keepdims", 1));
    String stable = graph.node("Add", mean, graph.scalar((float) config.normEpsilon()));
    return graph.node("Mul", graph.node("Div", x, graph.node("Sqrt", stable)), weight);
  }

  /** Rotary positions on {@code (B, heads, T, D)}, half-split as in Llama. */
  private String turn(String x, Positions positions) {
    List<String> halves = graph.nodes("Split", 2, List.of(x), attribute("axis", -1));
    String quarterTurned =
        graph.node(
            "Concat",
            List.of(graph.node("Neg", halves.get(1)), halves.get(0)),
            attribute("axis", -1));
    return graph.node(
        "Add",
        graph.node("Mul", x, positions.cosines()),
        graph.node("Mul", quarterTurned, positions.sines()));
  }

  /** Projects {@code (B, T, W)} and splits it to {@code (B, count, T, D)}. */
  private String heads(String x, String name, int count) {
    String product = weights.project(x, name + ".weight");
    String projected =
        config.attentionBias() ? graph.node("Add", product, name + ".bias") : product;
    String split = graph.node("Reshape", projected, graph.vector(0, 0, count, config.headDim()));
    return transpose(split, 0, 2, 1, 3);
  }

  /** {@code (B, H, T, n)} to {@code (B, K, G * T, n)}: heads of a group share keys, uncopied. */
  private String grouped(String x) {
    return config.headsPerGroup() == 1
        ? x
        : graph.node("Reshape", x, graph.vector(0, config.keyValueHeads(), -1, 0));
  }

  /** {@code (B, K, G * T, n)} back to {@code (B, H, T, n)}. */
  private String ungrouped(String x) {
    return config.headsPerGroup() == 1
        ? x
        : graph.node("Reshape", x, graph.vector(0, config.heads(), -1, 0));
  }

  private String transpose(String x, long... order) {
    return graph.node("Transpose", List.of(x), attribute("perm", order));
  }
}
