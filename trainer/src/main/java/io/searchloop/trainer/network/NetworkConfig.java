package io.searchloop.trainer.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The shape of the policy: everything a reader needs, besides the weights, to rebuild the network.
 *
 * <p>It travels inside checkpoints and exported graphs as string properties ({@link
 * #toProperties}), so that neither can be read with the wrong shape.
 *
 * @param vocabularySize tokens of the tokenizer
 * @param width features of a position
 * @param layers decoder layers
 * @param heads query heads
 * @param keyValueHeads key and value heads, a divisor of {@code heads} (grouped-query attention,
 *     arXiv 2305.13245)
 * @param hidden features inside the SwiGLU block (arXiv 2002.05202)
 * @param maxPositions longest prompt plus response, in tokens
 * @param ropeTheta base wavelength of the rotary positions (arXiv 2104.09864)
 * @param normEpsilon added to the mean square in RMSNorm (arXiv 1910.07467)
 * @param headDim features of one head, even; mostly {@code width / heads}
 * @param attentionBias whether queries, keys and values have a bias (Qwen2, arXiv 2407.10671)
 * @param tiedHead whether the token embedding is the output head too
 * @param ropeScaling how rotary wavelengths are stretched
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
    double normEpsilon,
    int headDim,
    boolean attentionBias,
    boolean tiedHead,
    RopeScaling ropeScaling) {

  /** Name of the token embedding, which is also the output head when weights are tied. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** Name of an output head of its own. */
  public static final String HEAD = "lm_head.weight";

  /** Name of the norm before the output head. */
  public static final String FINAL_NORM = "model.norm.weight";

  private static final String PREFIX = "network.";

  /** No model has as many; a file that claims more would fill the memory with names of weights. */
  private static final int MOST_LAYERS = 1_000;

  public NetworkConfig {
    atLeastOne("vocabularySize", vocabularySize);
    atLeastOne("width", width);
    atLeastOne("layers", layers);
    atLeastOne("heads", heads);
    atLeastOne("keyValueHeads", keyValueHeads);
    atLeastOne("hidden", hidden);
    atLeastOne("maxPositions", maxPositions);
    atLeastOne("headDim", headDim);
    if (layers > MOST_LAYERS) {
      throw invalid("layers", layers, "at most " + MOST_LAYERS);
    }
    if ((long) heads * headDim > Integer.MAX_VALUE) {
      throw invalid("heads", heads, "fewer of %d features each".formatted(headDim));
    }
    if (headDim % 2 != 0) {
      throw invalid("headDim", headDim, "an even number");
    }
    if (heads % keyValueHeads != 0) {
      throw invalid("keyValueHeads", keyValueHeads, "a divisor of heads (" + heads + ")");
    }
    if (!(ropeTheta > 1 && normEpsilon > 0 && Double.isFinite(ropeTheta + normEpsilon))) {
      throw invalid(
          "ropeTheta, normEpsilon",
          ropeTheta + ", " + normEpsilon,
          "above 1, above 0, both finite");
    }
  }

  /** A network as we train our own: heads share the width evenly, no bias, tied head. */
  public NetworkConfig(
      int vocabularySize,
      int width,
      int layers,
      int heads,
      int keyValueHeads,
      int hidden,
      int maxPositions,
      double ropeTheta,
      double normEpsilon) {
    this(
        vocabularySize,
        width,
        layers,
        heads,
        keyValueHeads,
        hidden,
        maxPositions,
        ropeTheta,
        normEpsilon,
        evenShare(width, heads),
        false,
        true,
        RopeScaling.NONE);
  }

  /** The network of the demo: about a million parameters, trained in minutes on one core. */
  public static NetworkConfig demo() {
    return new NetworkConfig(2048, 128, 4, 4, 4, 344, 64, 10_000, 1e-5);
  }

  /** This network for shorter sequences; its rotary tables, and exported graphs, shrink. */
  public NetworkConfig withMaxPositions(int positions) {
    return with(vocabularySize, positions);
  }

  /** This network with other tokens. */
  public NetworkConfig withVocabularySize(int tokens) {
    return with(tokens, maxPositions);
  }

  private NetworkConfig with(int tokens, int positions) {
    return new NetworkConfig(
        tokens,
        width,
        layers,
        heads,
        keyValueHeads,
        hidden,
        positions,
        ropeTheta,
        normEpsilon,
        headDim,
        attentionBias,
        tiedHead,
        ropeScaling);
  }

  /** Features of all query heads: {@code heads * headDim}. */
  public int attentionWidth() {
    return Math.multiplyExact(heads, headDim);
  }

  /** Features of all key heads, or all value heads. */
  public int keyValueWidth() {
    return Math.multiplyExact(keyValueHeads, headDim);
  }

  /** Name of the matrix that gives logits. */
  public String headName() {
    return tiedHead ? EMBEDDING : HEAD;
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
    shapes.put(EMBEDDING, new long[] {vocabularySize, width});
    for (int layer = 0; layer < layers; layer++) {
      String prefix = layerPrefix(layer);
      shapes.put(prefix + "input_layernorm.weight", new long[] {width});
      projection(shapes, prefix + "self_attn.q_proj", attentionWidth());
      projection(shapes, prefix + "self_attn.k_proj", keyValueWidth());
      projection(shapes, prefix + "self_attn.v_proj", keyValueWidth());
      shapes.put(prefix + "self_attn.o_proj.weight", new long[] {width, attentionWidth()});
      shapes.put(prefix + "post_attention_layernorm.weight", new long[] {width});
      shapes.put(prefix + "mlp.gate_proj.weight", new long[] {hidden, width});
      shapes.put(prefix + "mlp.up_proj.weight", new long[] {hidden, width});
      shapes.put(prefix + "mlp.down_proj.weight", new long[] {width, hidden});
    }
    shapes.put(FINAL_NORM, new long[] {width});
    if (!tiedHead) {
      shapes.put(HEAD, new long[] {vocabularySize, width});
    }
    return shapes;
  }

  private void projection(Map<String, long[]> shapes, String name, long features) {
    shapes.put(name + ".weight", new long[] {features, width});
    if (attentionBias) {
      shapes.put(name + ".bias", new long[] {features});
    }
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
    properties.put(PREFIX + "head-dim", Integer.toString(headDim));
    properties.put(PREFIX + "attention-bias", Boolean.toString(attentionBias));
    properties.put(PREFIX + "tied-head", Boolean.toString(tiedHead));
    properties.put(PREFIX + "rope-scaling", ropeScaling.format());
    return properties;
  }

  /**
   * Reads what {@link #toProperties} wrote; properties with other names are ignored. Files from
   * before Llama and Qwen2 checkpoints could be read lack the last four, which then are as in our
   * own networks.
   *
   * @throws IllegalArgumentException naming a property that is missing or cannot be used
   */
  public static NetworkConfig fromProperties(Map<String, String> properties) {
    int width = integer(properties, "width");
    int heads = integer(properties, "heads");
    return new NetworkConfig(
        integer(properties, "vocabulary-size"),
        width,
        integer(properties, "layers"),
        heads,
        integer(properties, "key-value-heads"),
        integer(properties, "hidden"),
        integer(properties, "max-positions"),
        read("rope-theta", required(properties, "rope-theta"), Double::valueOf),
        read("norm-epsilon", required(properties, "norm-epsilon"), Double::valueOf),
        optional(properties, "head-dim", Integer::valueOf, width / Math.max(1, heads)),
        optional(properties, "attention-bias", Boolean::valueOf, false),
        optional(properties, "tied-head", Boolean::valueOf, true),
        optional(properties, "rope-scaling", RopeScaling::parse, RopeScaling.NONE));
  }

  private static <T> T optional(
      Map<String, String> properties, String name, Function<String, T> reader, T absent) {
    String value = properties.get(PREFIX + name);
    return value == null ? absent : read(name, value, reader);
  }

  private static <T> T read(String name, String value, Function<String, T> reader) {
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "network properties: `%s%s` is '%s' (%s). Was the file written by this trainer?"
              .formatted(PREFIX, name, value, e.getMessage()),
          e);
    }
  }

  private static int evenShare(int width, int heads) {
    if (heads < 1 || width % heads != 0 || (width / heads) % 2 != 0) {
      throw invalid("width", width, "heads (" + heads + ") times an even head size");
    }
    return width / heads;
  }

  private static long elements(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return count;
  }

  private static int integer(Map<String, String> properties, String name) {
    return read(name, required(properties, name), Integer::valueOf);
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
