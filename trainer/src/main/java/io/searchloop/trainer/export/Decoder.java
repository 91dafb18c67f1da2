package io.searchloop.trainer.export;

import static io.searchloop.trainer.export.OnnxGraph.attribute;

import io.searchloop.trainer.network.NetworkConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder in ONNX operators, line by line what {@code PolicyNetwork} does in libtorch, plus the
 * cache of keys and values. Cached and new tokens are attended to side by side, under one softmax,
 * so that the cache is read where it lies and never copied.
 *
 * <p>Shapes: B batch, T new tokens, C capacity of the cache, W width, D head size, H heads, K
 * key-value heads, G = H / K.
 */
final class Decoder {
  /** Names of the inputs; the cache has keys of layer l at 2l, values at 2l + 1. */
  record Inputs(String tokens, String lengths, String scored, List<String> past) {}

  /** Names of the results; new keys and values in the order of the cache. */
  record Result(String logits, List<String> fresh) {}

  private final OnnxGraph graph;
  private final NetworkConfig config;
  private final OnnxWeights weights;

  Decoder(OnnxGraph graph, NetworkConfig config, OnnxWeights weights) {
    this.graph = graph;
    this.config = config;
    this.weights = weights;
  }

  Result build(Inputs inputs) {
    Positions positions = positions(inputs);
    List<String> fresh = new ArrayList<>();
    String x = graph.node("Gather", NetworkConfig.EMBEDDING, inputs.tokens()); // (B, T, W)
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = NetworkConfig.layerPrefix(layer);
      String normed = norm(x, prefix + "input_layernorm.weight");
      x = graph.node("Add", x, attention(normed, prefix, layer, inputs.past(), positions, fresh));
      String between = norm(x, prefix + "post_attention_layernorm.weight");
      x = graph.node("Add", x, mlp(between, prefix + "mlp."));
    }
    String flat = graph.node("Reshape", x, graph.vector(-1, config.width())); // (B * T, W)
    String scored = graph.node("Gather", flat, inputs.scored()); // (rows, W)
    String logits = weights.project(norm(scored, NetworkConfig.FINAL_NORM), config.headName());
    return new Result(logits, fresh);
  }

  /**
   * What depends on positions only; computed once for all layers.
   *
   * @param cachedBias hides slots of the cache that a row has not filled, (B, 1, 1, C)
   * @param causalBias hides new tokens from those before them, (T, T)
   * @param split C and T
   */
  private record Positions(
      String cosines, String sines, String cachedBias, String causalBias, String split) {}

  private Positions positions(Inputs inputs) {
    String time = dimension(inputs.tokens(), 1);
    String capacity = dimension(inputs.past().get(0), 2);
    String steps = graph.node("Range", graph.index(0), time, graph.index(1)); // (T)
    String slots = graph.node("Range", graph.index(0), capacity, graph.index(1)); // (C)
    String lengths = graph.node("Unsqueeze", inputs.lengths(), graph.vector(1)); // (B, 1)
    String at = graph.node("Add", lengths, steps); // (B, T)
    String vacant = graph.node("GreaterOrEqual", slots, lengths); // (B, C)
    String later = graph.node("Greater", steps, graph.node("Unsqueeze", steps, graph.vector(1)));
    String split =
        graph.node(
            "Concat",
            List.of(
                graph.node("Unsqueeze", capacity, graph.vector(0)),
                graph.node("Unsqueeze", time, graph.vector(0))),
            attribute("axis", 0));
    return new Positions(
        forHeads(graph.node("Gather", OnnxWeights.COSINES, at)),
        forHeads(graph.node("Gather", OnnxWeights.SINES, at)),
        graph.node("Unsqueeze", hidden(vacant), graph.vector(1, 2)),
        hidden(later),
        split);
  }

  private String dimension(String tensor, long axis) {
    return graph.node("Gather", graph.node("Shape", tensor), graph.index(axis));
  }

  private String forHeads(String byPosition) {
    return graph.node("Unsqueeze", byPosition, graph.vector(1)); // (B, 1, T, D)
  }

  private String hidden(String condition) {
    return graph.node("Where", condition, graph.scalar(Float.NEGATIVE_INFINITY), graph.scalar(0));
  }

  private String attention(
      String x,
      String prefix,
      int layer,
      List<String> past,
      Positions positions,
      List<String> fresh) {
    String query = turn(heads(x, prefix + "self_attn.q_proj", config.heads()), positions);
    String key = turn(heads(x, prefix + "self_attn.k_proj", config.keyValueHeads()), positions);
    String value = heads(x, prefix + "self_attn.v_proj", config.keyValueHeads());
    fresh.add(key);
    fresh.add(value);

    String scale = graph.scalar((float) (1 / Math.sqrt(config.headDim())));
    String scaled = grouped(graph.node("Mul", query, scale));
    String cached = graph.node("Add", scores(scaled, past.get(2 * layer)), positions.cachedBias());
    String own = graph.node("Add", scores(scaled, key), positions.causalBias());
    String both = graph.node("Concat", List.of(cached, own), attribute("axis", -1));
    String shares = graph.node("Softmax", List.of(both), attribute("axis", -1)); // (B, H, T, C + T)
    List<String> parts =
        graph.nodes("Split", 2, List.of(shares, positions.split()), attribute("axis", -1));
    String mixed = // (B, H, T, D)
        ungrouped(
            graph.node(
                "Add",
                graph.node("MatMul", grouped(parts.get(0)), past.get(2 * layer + 1)),
                graph.node("MatMul", grouped(parts.get(1)), value)));
    String joined =
        graph.node(
            "Reshape", transpose(mixed, 0, 2, 1, 3), graph.vector(0, 0, config.attentionWidth()));
    return weights.project(joined, prefix + "self_attn.o_proj.weight");
  }

  /** Queries {@code (B, K, G * T, D)} against keys {@code (B, K, n, D)}: {@code (B, H, T, n)}. */
  private String scores(String queries, String keys) {
    return ungrouped(graph.node("MatMul", queries, transpose(keys, 0, 1, 3, 2)));
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
