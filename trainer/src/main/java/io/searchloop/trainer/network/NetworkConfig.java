package io.searchloop.trainer.network;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shape of the policy: everything a reader needs, besides the weights, to rebuild the network.
 *
 * <p>It travels inside checkpoints and exported graphs as string properties ({@link
 * #toProperties}), so that neither can be read with the wrong shape.
 *
 * @param vocabularySize tokens of the tokenizer
 * @param width features of a position, {@code heads * headDim}
 * @param layers decoder layers
 * @param heads query heads
 * @param keyValueHeads key and value heads, a divisor of {@code heads} (grouped-query attention,
 *     arXiv 2305.13245)
 * @param hidden features inside the SwiGLU block (arXiv 2002.05202)
 * @param maxPositions longest prompt plus response, in tokens
 * @param ropeTheta base wavelength of the rotary positions (arXiv 2104.09864)
 * @param normEpsilon added to the mean square in RMSNorm (arXiv 1910.07467)
 */
public record NetworkConfig(
    int vocabularySize,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int hidden,
    int maxPositions,
    double ropeTheta,
    double normEpsilon) {

  /** Name of the token embedding, which is also the output head (tied weights). */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** Name of the norm before the output head. */
  public static final String FINAL_NORM = "model.norm.weight";

  private static final String PREFIX = "network.";

  public NetworkConfig {
    atLeastOne("vocabularySize", vocabularySize);
    atLeastOne("width", width);
    atLeastOne("layers", layers);
    atLeastOne("heads", heads);
    atLeastOne("keyValueHeads", keyValueHeads);
    atLeastOne("hidden", hidden);
    atLeastOne("maxPositions", maxPositions);
    if (width % heads != 0 || (width / heads) % 2 != 0) {
      throw invalid("width", width, "heads (" + heads + ") times an even head size");
    }
    if (heads % keyValueHeads != 0) {
      throw invalid("keyValueHeads", keyValueHeads, "a divisor of heads (" + heads + ")");
    }
    if (!(ropeTheta > 1) || !(normEpsilon > 0)) {
      throw invalid("ropeTheta, normEpsilon", ropeTheta + ", " + normEpsilon, "above 1, above 0");
    }
  }

  /** The network of the demo: about a million parameters, trained in minutes on one core. */
  public static NetworkConfig demo() {
    return new NetworkConfig(2048, 128, 4, 4, 4, 344, 64, 10_000, 1e-5);
  }

  /** Features of one head. */
  public int headDim() {
    return width / heads;
  }

  /** Query heads that share one key and value head. */
  public int headsPerGroup() {
    return heads / keyValueHeads;
  }

  /** Prefix of a layer's parameter names, such as {@code model.layers.0.}. */
  public static String layerPrefix(int layer) {
    return "model.layers." + layer + ".";
  }

  /** Every parameter's Llama name and shape {@code (out, in)}, in the order they are stored. */
  public Map<String, long[]> parameterShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long keyValueWidth = (long) keyValueHeads * headDim();
    shapes.put(EMBEDDING, new long[] {vocabularySize, width});
    for (int layer = 0; layer < layers; layer++) {
      String prefix = layerPrefix(layer);
      shapes.put(prefix + "input_layernorm.weight", new long[] {width});
      shapes.put(prefix + "self_attn.q_proj.weight", new long[] {width, width});
      shapes.put(prefix + "self_attn.k_proj.weight", new long[] {keyValueWidth, width});
      shapes.put(prefix + "self_attn.v_proj.weight", new long[] {keyValueWidth, width});
      shapes.put(prefix + "self_attn.o_proj.weight", new long[] {width, width});
      shapes.put(prefix + "post_attention_layernorm.weight", new long[] {width});
      shapes.put(prefix + "mlp.gate_proj.weight", new long[] {hidden, width});
      shapes.put(prefix + "mlp.up_proj.weight", new long[] {hidden, width});
      shapes.put(prefix + "mlp.down_proj.weight", new long[] {width, hidden});
    }
    shapes.put(FINAL_NORM, new long[] {width});
    return shapes;
  }

  /** Number of trained scalars. */
  public long parameterCount() {
    return parameterShapes().values().stream().mapToLong(NetworkConfig::elements).sum();
  }

  /** Scalars of the layers' matrices: each costs a multiplication and an addition a token. */
  public long layerMatrixParameters() {
    return parameterShapes().entrySet().stream()
        .filter(shape -> shape.getKey().startsWith("model.layers.") && shape.getValue().length > 1)
        .mapToLong(shape -> elements(shape.getValue()))
        .sum();
  }

  /**
   * This configuration as properties named {@code network.*}; {@link #fromProperties} reads them.
   */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(PREFIX + "vocabulary-size", Integer.toString(vocabularySize));
    properties.put(PREFIX + "width", Integer.toString(width));
    properties.put(PREFIX + "layers", Integer.toString(layers));
    properties.put(PREFIX + "heads", Integer.toString(heads));
    properties.put(PREFIX + "key-value-heads", Integer.toString(keyValueHeads));
    properties.put(PREFIX + "hidden", Integer.toString(hidden));
    properties.put(PREFIX + "max-positions", Integer.toString(maxPositions));
    properties.put(PREFIX + "rope-theta", Double.toString(ropeTheta));
    properties.put(PREFIX + "norm-epsilon", Double.toString(normEpsilon));
    return properties;
  }

  /** Reads what {@link #toProperties} wrote; properties with other names are ignored. */
  public static NetworkConfig fromProperties(Map<String, String> properties) {
    return new NetworkConfig(
        integer(properties, "vocabulary-size"),
        integer(properties, "width"),
        integer(properties, "layers"),
        integer(properties, "heads"),
        integer(properties, "key-value-heads"),
        integer(properties, "hidden"),
        integer(properties, "max-positions"),
        Double.parseDouble(required(properties, "rope-theta")),
        Double.parseDouble(required(properties, "norm-epsilon")));
  }

  private static long elements(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return count;
  }

  private static int integer(Map<String, String> properties, String name) {
    return Integer.parseInt(required(properties, name));
  }

  private static String required(Map<String, String> properties, String name) {
    String value = properties.get(PREFIX + name);
    if (value == null) {
      throw new IllegalArgumentException(
          "network properties: `%s%s` is missing; found %s. Was the file written by this trainer?"
              .formatted(PREFIX, name, properties.keySet()));
    }
    return value;
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw invalid(name, value, "at least 1");
    }
  }

  private static IllegalArgumentException invalid(String name, Object found, String expected) {
    return new IllegalArgumentException(
        "network %s: found %s, expected %s".formatted(name, found, expected));
  }
}
