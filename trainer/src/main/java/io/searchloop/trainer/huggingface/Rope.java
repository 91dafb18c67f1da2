package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.trainer.network.RopeScaling;
import io.searchloop.trainer.network.RopeScaling.Kind;

/**
 * Rotary positions in {@code config.json}: {@code rope_theta} and {@code rope_scaling}, or both
 * together in {@code rope_parameters}, as later files have it.
 */
final class Rope {
  private static final double DEFAULT_THETA = 10_000;
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";

  private Rope() {}

  static double theta(ConfigKeys keys) {
    double outside = keys.number("rope_theta", DEFAULT_THETA);
    return keys.has(PARAMETERS) ? keys.object(PARAMETERS).number("rope_theta", outside) : outside;
  }

  static RopeScaling scaling(ConfigKeys keys) {
    if (keys.has(PARAMETERS)) {
      return scalingOf(keys.object(PARAMETERS));
    }
    return keys.has(SCALING) ? scalingOf(keys.object(SCALING)) : RopeScaling.NONE;
  }

  /** Adds {@code rope_scaling} where there is any. */
  static void write(RopeScaling scaling, ObjectNode root) {
    if (scaling.kind() == Kind.NONE) {
      return;
    }
    ObjectNode node = root.putObject(SCALING);
    node.put("rope_type", scaling.kind() == Kind.LINEAR ? "linear" : "llama3");
    node.put("factor", scaling.factor());
    if (scaling.kind() == Kind.LLAMA3) {
      node.put("low_freq_factor", scaling.lowFrequencyFactor());
      node.put("high_freq_factor", scaling.highFrequencyFactor());
      node.put("original_max_position_embeddings", scaling.originalPositions());
    }
  }

  private static RopeScaling scalingOf(ConfigKeys keys) {
    String type = keys.text("rope_type", keys.text("type", "default"));
    return switch (type) {
      case "default" -> RopeScaling.NONE;
      case "linear" -> RopeScaling.linear(keys.number("factor"));
      case "llama3" ->
          new RopeScaling(
              Kind.LLAMA3,
              keys.number("factor"),
              keys.number("low_freq_factor"),
              keys.number("high_freq_factor"),
              keys.integer("original_max_position_embeddings"));
      default ->
          throw keys.refused(
              "rope_type",
              type,
              "default, linear or llama3",
              "Use a checkpoint without this scaling, or remove it if sequences stay within the"
                  + " positions the model was trained on.");
    };
  }
}
