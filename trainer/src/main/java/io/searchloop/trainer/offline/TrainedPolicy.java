package io.searchloop.trainer.offline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.huggingface.UnsupportedModelException;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained policy to and from its directory, weights included, so that training may go on from it
 * and tools that know Hugging Face's checkpoints read it. Runs on the caller's thread.
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
      new HuggingFaceDirectory(path).write(network);
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
    try {
      List<String> probes =
          JSON.readValue(
              directory.file(PolicyDirectory.PROBES).toFile(),
              new TypeReference<List<String>>() {});
      return new WarmStart(
          new HuggingFaceDirectory(directory.path()).readNetwork(),
          directory.artifact().tokenizer(),
          directory.spec(),
          probes,
          directory.manifest().provenance().gate());
    } catch (IOException | IllegalArgumentException | UnsupportedModelException e) {
      throw new InvalidReleaseException(
          "%s: %s. Train the policy anew.".formatted(directory.path(), e.getMessage()), e);
    }
  }
}
