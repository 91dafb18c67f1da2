package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.trainer.network.NetworkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * {@code config.json} to our network's shape and back.
 *
 * <p>A key that is absent has the default of the transformers library. A key that would make the
 * model compute something else than our network is refused; one that cannot (dropout,
 * initialisation, cache settings) is ignored.
 */
final class ModelConfig {
  static final String FILE = "config.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelConfig() {}

  /**
   * Reads the shape of a model.
   *
   * @throws UnsupportedModelException naming the key, what was found and what is expected
   */
  static NetworkConfig read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    ConfigKeys keys = new ConfigKeys(file, "", JsonFile.read(file));
    Architecture architecture = architecture(keys);
    requireSameComputation(keys, architecture);
    int width = keys.integer("hidden_size");
    int heads = keys.integer("num_attention_heads");
    try {
      return new NetworkConfig(
          keys.integer("vocab_size"),
          width,
          keys.integer("num_hidden_layers"),
          heads,
          keys.integer("num_key_value_heads", heads),
          keys.integer("intermediate_size"),
          keys.integer("max_position_embeddings"),
          Rope.theta(keys),
          keys.number("rms_norm_eps", 1e-6),
          keys.integer("head_dim", width / Math.max(1, heads)),
          architecture.attentionBias(),
          keys.flag("tie_word_embeddings", false),
          Rope.scaling(keys));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedModelException(
          file + ": " + e.getMessage() + ". Copy the file again from the model's source.", e);
    }
  }

  /** The configuration that {@link #read} and the transformers library make this network of. */
  static ObjectNode of(NetworkConfig network) {
    Architecture architecture = Architecture.of(network);
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add(architecture.className());
    root.put("model_type", architecture.modelType());
    root.put("vocab_size", network.vocabularySize());
    root.put("hidden_size", network.width());
    root.put("intermediate_size", network.hidden());
    root.put("num_hidden_layers", network.layers());
    root.put("num_attention_heads", network.heads());
    root.put("num_key_value_heads", network.keyValueHeads());
    root.put("head_dim", network.headDim());
    root.put("max_position_embeddings", network.maxPositions());
    root.put("rms_norm_eps", network.normEpsilon());
    root.put("rope_theta", network.ropeTheta());
    Rope.write(network.ropeScaling(), root);
    root.put("hidden_act", "silu");
    root.put("tie_word_embeddings", network.tiedHead());
    root.put("torch_dtype", "float32");
    return root;
  }

  private static Architecture architecture(ConfigKeys keys) {
    String type = keys.text("model_type", "missing");
    Architecture architecture =
        Architecture.named(type)
            .orElseThrow(
                () ->
                    keys.refused(
                        "model_type",
                        type,
                        Arrays.stream(Architecture.values())
                            .map(Architecture::modelType)
                            .collect(Collectors.joining(" or ")),
                        "Models of other families are not computed; convert or choose another."));
    JsonNode classes = keys.node().path("architectures");
    if (!classes.isEmpty() && !classes.path(0).asText().equals(architecture.className())) {
      throw keys.refused(
          "architectures",
          classes,
          "[\"" + architecture.className() + "\"]",
          "A policy needs the language model, with its output head.");
    }
    return architecture;
  }

  private static void requireSameComputation(ConfigKeys keys, Architecture architecture) {
    String remedy = "Our network does not compute this; choose a checkpoint without it.";
    if (!keys.text("hidden_act", "silu").equals("silu")) {
      throw keys.refused("hidden_act", keys.node().get("hidden_act"), "silu", remedy);
    }
    // The transformers library reads `attention_bias` for Llama only, and then for four matrices.
    if (architecture == Architecture.LLAMA) {
      requireOff(keys, "attention_bias", remedy);
      requireOff(keys, "mlp_bias", remedy);
    }
    requireOff(keys, "use_sliding_window", remedy);
    if (keys.number("partial_rotary_factor", 1) != 1) {
      throw keys.refused(
          "partial_rotary_factor", keys.node().get("partial_rotary_factor"), "1", remedy);
    }
    for (JsonNode type : keys.node().path("layer_types")) {
      if (!type.asText().equals("full_attention")) {
        throw keys.refused("layer_types", type, "full_attention in every layer", remedy);
      }
    }
    if (keys.has("quantization_config")) {
      throw keys.refused(
          "quantization_config", "set", "none", "Choose the float32, bfloat16 or float16 weights.");
    }
  }

  private static void requireOff(ConfigKeys keys, String key, String remedy) {
    if (keys.flag(key, false)) {
      throw keys.refused(key, "true", "false", remedy);
    }
  }
}
