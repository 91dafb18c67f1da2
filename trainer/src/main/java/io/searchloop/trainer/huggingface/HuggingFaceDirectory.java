package io.searchloop.trainer.huggingface;

import io.searchloop.trainer.checkpoint.SafetensorsWeights;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pretrained language model on disk, as the start of a policy or as what a policy has become.
 *
 * <p>Weights are mapped and copied one tensor at a time into float32, whether they are stored as
 * float32, bfloat16 or float16. Nothing is skipped: a tensor too few, too many or of another shape
 * is refused by name.
 *
 * @param path the directory
 */
public record HuggingFaceDirectory(Path path) {
  private static final long SHARD_BYTES = 5_000_000_000L;

  /** Shape of the network, from {@code config.json}. */
  public NetworkConfig config() {
    try {
      return ModelConfig.read(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model configuration in " + path, e);
    }
  }

  /**
   * The network, trainable, for sequences as long as the model allows. The caller closes it.
   *
   * @throws UnsupportedModelException when the directory holds no model that we compute
   */
  public PolicyNetwork readNetwork() {
    return readNetwork(Integer.MAX_VALUE);
  }

  /**
   * The network, trainable, for sequences of at most {@code maxPositions} tokens: rewriting needs
   * some hundred, and tables for the model's own hundred thousand would travel in every release.
   * The caller closes it.
   *
   * @throws UnsupportedModelException when the directory holds no model that we compute
   */
  public PolicyNetwork readNetwork(int maxPositions) {
    NetworkConfig config = config();
    NetworkConfig cut = config.withMaxPositions(Math.min(maxPositions, config.maxPositions()));
    try (SafetensorsWeights weights = WeightFiles.open(path)) {
      return PolicyNetwork.restore(cut, weights);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedModelException(
          "Model in %s: %s Its %s decides which tensors are expected."
              .formatted(path, e.getMessage(), ModelConfig.FILE),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model in " + path, e);
    }
  }

  /** Writes {@code config.json} and the weights, in float32, for the transformers library. */
  public void write(PolicyNetwork network) {
    write(network, SHARD_BYTES);
  }

  void write(PolicyNetwork network, long shardBytes) {
    try {
      Files.createDirectories(path);
      WeightFiles.write(network, path, shardBytes);
      JsonFile.write(path.resolve(ModelConfig.FILE), ModelConfig.of(network.config()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the model to " + path, e);
    }
  }
}
