package io.searchloop.trainer.warmstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.checkpoint.NetworkFile;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A warm start on disk: {@code model.safetensors}, {@code tokenizer.json}, and {@code
 * warm-start.json} with the rest, which is written last, so a directory that has it is complete.
 *
 * @param path the directory
 */
public record WarmStartDirectory(Path path) {
  private static final String NETWORK = "model.safetensors";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String DESCRIPTION = "warm-start.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Description(PolicySpec spec, List<String> probes, Map<String, Double> figures) {}

  /** Saves a warm start; replaces an earlier one. */
  public void write(WarmStart warmStart) {
    try {
      Files.createDirectories(path);
      Files.deleteIfExists(path.resolve(DESCRIPTION));
      NetworkFile.write(warmStart.network(), path.resolve(NETWORK));
      Files.write(path.resolve(TOKENIZER), warmStart.tokenizer().toJson());
      Path partial = path.resolve(DESCRIPTION + ".partial");
      Files.write(
          partial,
          JSON.writeValueAsBytes(
              new Description(warmStart.spec(), warmStart.probes(), warmStart.figures())));
      Files.move(partial, path.resolve(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write warm start to " + path, e);
    }
  }

  /**
   * The saved warm start, whose network the caller closes; empty when none is complete.
   *
   * @throws IllegalStateException when it cannot be read
   */
  public Optional<WarmStart> read() {
    if (!Files.exists(path.resolve(DESCRIPTION))) {
      return Optional.empty();
    }
    try {
      Description description =
          JSON.readValue(Files.readAllBytes(path.resolve(DESCRIPTION)), Description.class);
      Tokenizer tokenizer = Tokenizer.fromJson(Files.readAllBytes(path.resolve(TOKENIZER)));
      PolicyNetwork network = NetworkFile.read(path.resolve(NETWORK));
      return Optional.of(
          new WarmStart(
              network, tokenizer, description.spec(), description.probes(), description.figures()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Warm start in "
              + path
              + " is damaged: "
              + e.getMessage()
              + ". Delete the directory to train a new one; releases in the log need the old one.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read warm start from " + path, e);
    }
  }
}
