package io.searchloop.trainer.huggingface;

import io.searchloop.trainer.network.NetworkConfig;
import java.util.Arrays;
import java.util.Optional;

/** The model families that our network computes, under Hugging Face's names. */
enum Architecture {
  LLAMA("llama", "LlamaForCausalLM", false),
  QWEN2("qwen2", "Qwen2ForCausalLM", true);

  private final String modelType;
  private final String className;
  private final boolean attentionBias;

  Architecture(String modelType, String className, boolean attentionBias) {
    this.modelType = modelType;
    this.className = className;
    this.attentionBias = attentionBias;
  }

  String modelType() {
    return modelType;
  }

  String className() {
    return className;
  }

  /** Whether queries, keys and values have a bias; nothing else ever has. */
  boolean attentionBias() {
    return attentionBias;
  }

  static Optional<Architecture> named(String modelType) {
    return Arrays.stream(values()).filter(a -> a.modelType.equals(modelType)).findFirst();
  }

  /** The family whose layout a network has. */
  static Architecture of(NetworkConfig network) {
    return network.attentionBias() ? QWEN2 : LLAMA;
  }
}
