package io.searchloop.trainer.offline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.trainer.checkpoint.NetworkFile;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained policy to and from its directory, weights included, so that training may go on from it.
 * Runs on the caller's thread.
 */
public final class TrainedPolicy {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private TrainedPolicy() {}

  /**
   * Writes and seals a directory; one that was there loses its seal first.
   *
   * @param warmStart tokenizer, dimensions and probes of the policy
   * @param network its weights
   */
  public static PolicyDirectory write(
      Path path, WarmStart warmStart, PolicyNetwork network, PolicyProvenance provenance) {
    PolicyDirectory.unseal(path);
    try {
      NetworkFile.write(network, path.resolve(PolicyDirectory.WEIGHTS));
      JSON.writeValue(path.resolve(PolicyDirectory.CONFIG).toFile(), llamaConfig(network.config()));
      Files.write(path.resolve(PolicyDirectory.TOKENIZER), warmStart.tokenizer().toJson());
      Files.write(path.resolve(PolicyDirectory.GRAPH), warmStart.artifact(network).onnx());
      JSON.writeValue(path.resolve(PolicyDirectory.PROBES).toFile(), warmStart.probes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write policy directory " + path, e);
    }
    return PolicyDirectory.seal(path, warmStart.spec(), provenance);
  }

  /**
   * The policy as something to start from; the caller closes its network.
   *
   * @throws InvalidReleaseException when weights or probes are not what the directory promises
   */
  public static WarmStart read(PolicyDirectory directory) {
    Path weights = directory.file(PolicyDirectory.WEIGHTS);
    try {
      List<String> probes =
          JSON.readValue(
              directory.file(PolicyDirectory.PROBES).toFile(),
              new TypeReference<List<String>>() {});
      return new WarmStart(
          NetworkFile.read(weights),
          directory.artifact().tokenizer(),
          directory.spec(),
          probes,
          directory.manifest().provenance().gate());
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidReleaseException(
          "%s: %s. Train the policy anew.".formatted(weights, e.getMessage()), e);
    }
  }

  /** The shape in the words of Hugging Face, whose tools then read the weights too. */
  private static Map<String, Object> llamaConfig(NetworkConfig network) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("model_type", "llama");
    config.put("vocab_size", network.vocabularySize());
    config.put("hidden_size", network.width());
    config.put("num_hidden_layers", network.layers());
    config.put("num_attention_heads", network.heads());
    config.put("num_key_value_heads", network.keyValueHeads());
    config.put("head_dim", network.headDim());
    config.put("intermediate_size", network.hidden());
    config.put("hidden_act", "silu");
    config.put("max_position_embeddings", network.maxPositions());
    config.put("rope_theta", network.ropeTheta());
    config.put("rms_norm_eps", network.normEpsilon());
    config.put("tie_word_embeddings", true);
    config.put("torch_dtype", "float32");
    return config;
  }
}
