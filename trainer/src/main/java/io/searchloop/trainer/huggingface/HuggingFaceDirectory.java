package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.checkpoint.SafetensorsWeights;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.VocabularyRows;
import io.searchloop.trainer.network.WeightFit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pretrained language model on disk, as the start of a policy or as what a policy has become.
 *
 * <p>Weights are mapped and copied one tensor at a time into float32, whether they are stored as
 * float32, bfloat16 or float16. Nothing is skipped: a tensor too few, too many or of another shape
 * is refused by name. See ADR 0019.
 *
 * @param path the directory
 */
public record HuggingFaceDirectory(Path path) {
  private static final String TOKENIZER = "tokenizer.json";
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
   * The network with the model's own token ids, trainable, for sequences of at most {@code
   * maxPositions} tokens, or as long as the model allows. The caller closes it.
   *
   * @throws UnsupportedModelException when the directory holds no model that we compute
   */
  public PolicyNetwork readNetwork(int maxPositions) {
    NetworkConfig config = config();
    try (SafetensorsWeights weights = open(config)) {
      return PolicyNetwork.restore(shortened(config, maxPositions), weights);
    }
  }

  /** {@link #readNetwork(int)} for sequences as long as the model allows. */
  public PolicyNetwork readNetwork() {
    return readNetwork(Integer.MAX_VALUE);
  }

  /**
   * Network and tokenizer as the start of a policy: tokens are renumbered to the policy's order,
   * and those that rewriting never needs are dropped. The caller closes it.
   *
   * @param maxPositions longest prompt plus rewrite, in tokens: tables for the model's own hundred
   *     thousand positions would travel in every release
   * @param compute what the network computes in
   * @throws UnsupportedModelException when the directory holds no model that we compute
   */
  public PretrainedPolicy readPolicy(int maxPositions, Compute compute) {
    NetworkConfig config = config();
    try (SafetensorsWeights weights = open(config)) {
      PolicyTokens tokens = TokenizerReader.read(path.resolve(TOKENIZER), config.vocabularySize());
      NetworkConfig renumbered =
          shortened(config, maxPositions).withVocabularySize(tokens.originals().length);
      return new PretrainedPolicy(
          PolicyNetwork.restore(
              renumbered, compute, new VocabularyRows(weights, tokens.originals())),
          tokens.tokenizer());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the tokenizer in " + path, e);
    }
  }

  /** {@link #readPolicy(int, Compute)} that computes in float32. */
  public PretrainedPolicy readPolicy(int maxPositions) {
    return readPolicy(maxPositions, Compute.DEFAULT);
  }

  /** Writes {@code config.json} and the weights, in float32, for the transformers library. */
  public void write(PolicyNetwork network) {
    write(network, SHARD_BYTES);
  }

  void write(PolicyNetwork network, long shardBytes) {
    write(network, ModelConfig.of(network.config()), shardBytes);
  }

  /** Writes network and tokenizer, whose tokens have the policy's ids in either. */
  public void write(PretrainedPolicy policy) {
    ObjectNode config = ModelConfig.of(policy.network().config());
    config.put("bos_token_id", Tokenizer.BEGIN);
    config.put("eos_token_id", Tokenizer.END);
    config.put("pad_token_id", Tokenizer.PAD);
    write(policy.network(), config, SHARD_BYTES);
    try {
      JsonFile.write(path.resolve(TOKENIZER), TokenizerWriter.json(policy.tokenizer()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the tokenizer to " + path, e);
    }
  }

  private void write(PolicyNetwork network, ObjectNode config, long shardBytes) {
    try {
      Files.createDirectories(path);
      WeightFiles.write(network, path, shardBytes);
      JsonFile.write(path.resolve(ModelConfig.FILE), config);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the model to " + path, e);
    }
  }

  /** The weights, of which only names and shapes are read, and found right. */
  private SafetensorsWeights open(NetworkConfig config) {
    SafetensorsWeights weights;
    try {
      weights = WeightFiles.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model in " + path, e);
    } catch (IllegalArgumentException e) {
      throw unsupported(e);
    }
    try {
      WeightFit.require(config, weights);
      return weights;
    } catch (IllegalArgumentException e) {
      weights.close();
      throw unsupported(e);
    }
  }

  private UnsupportedModelException unsupported(IllegalArgumentException cause) {
    return new UnsupportedModelException(
        "Model in %s: %s Its %s decides which tensors are expected."
            .formatted(path, cause.getMessage(), ModelConfig.FILE),
        cause);
  }

  private static NetworkConfig shortened(NetworkConfig config, int maxPositions) {
    return config.withMaxPositions(Math.min(maxPositions, config.maxPositions()));
  }
}
