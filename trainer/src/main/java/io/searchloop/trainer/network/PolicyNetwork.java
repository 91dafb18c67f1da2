package io.searchloop.trainer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The policy that learns: a decoder-only language model of Llama's layout (RMSNorm, rotary
 * positions, grouped-query attention, SwiGLU; output head tied to the embedding or not), in
 * float32. Qwen2's layout is the same with a bias on queries, keys and values.
 *
 * <p>Weights carry Llama's names, so checkpoints are readable by other tools. Logits are not scaled
 * by {@code 1/sqrt(width)}: with the .02 initialisation that would flatten the softmax and slow
 * learning badly.
 *
 * <p>Owns its weights until {@link #close}; results belong to the caller's {@code PointerScope}.
 * Thread owner: the trainer thread.
 */
public final class PolicyNetwork implements AutoCloseable {
  private static final double INITIAL_DEVIATION = .02;

  private final NetworkConfig config;
  private final Map<String, Tensor> parameters;
  private final RotaryEmbedding rotary;
  private final List<DecoderLayer> layers = new ArrayList<>();

  private PolicyNetwork(NetworkConfig config, Map<String, Tensor> ownedParameters) {
    this.config = config;
    this.parameters = Collections.unmodifiableMap(ownedParameters);
    this.rotary = new RotaryEmbedding(config);
    for (int layer = 0; layer < config.layers(); layer++) {
      layers.add(new DecoderLayer(config, parameters, layer, rotary));
    }
  }

  /**
   * A fresh network; the same seed gives the same weights. Matrices are N(0, .02^2), those that
   * write to the residual stream divided by {@code sqrt(2 * layers)} (GPT-2); norms are one, biases
   * zero.
   */
  public static PolicyNetwork initialise(NetworkConfig config, long seed) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Tensors.updateInPlace(
        () -> {
          Generator random = torch.make_generator_cpu(seed);
          config
              .parameterShapes()
              .forEach(
                  (name, shape) -> {
                    Tensor weight = name.endsWith(".bias") ? torch.zeros(shape) : torch.ones(shape);
                    if (shape.length > 1) {
                      weight.normal_(0, deviation(config, name), new GeneratorOptional(random));
                    }
                    parameters.put(name, Tensors.retain(weight));
                  });
        });
    return trainable(new PolicyNetwork(config, parameters));
  }

  /** A trainable network with these weights, which are copied. */
  public static PolicyNetwork restore(NetworkConfig config, Map<String, Tensor> weights) {
    return restore(config, WeightSource.of(weights));
  }

  /**
   * A trainable network with the weights of {@code source}, read one at a time.
   *
   * @throws IllegalArgumentException as {@link #load(WeightSource)}
   */
  public static PolicyNetwork restore(NetworkConfig config, WeightSource source) {
    WeightFit.require(config, source);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Tensors.updateInPlace(
        () ->
            config
                .parameterShapes()
                .forEach(
                    (name, shape) -> parameters.put(name, Tensors.retain(torch.empty(shape)))));
    PolicyNetwork network = trainable(new PolicyNetwork(config, parameters));
    try {
      network.load(source);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The shape of this network. */
  public NetworkConfig config() {
    return config;
  }

  /** Features after the final norm: {@code tokens (batch, time)} int64 to {@code (.., width)}. */
  public Tensor hidden(Tensor tokens) {
    if (tokens.dim() != 2 || tokens.size(1) > config.maxPositions()) {
      throw new IllegalArgumentException(
          "tokens: found shape %s, expected (batch, time) with time at most %d (max-positions)"
              .formatted(Arrays.toString(tokens.shape()), config.maxPositions()));
    }
    Tensor x = torch.embedding(parameter(parameters, NetworkConfig.EMBEDDING), tokens);
    for (DecoderLayer layer : layers) {
      x = layer.forward(x);
    }
    return DecoderLayer.rmsNorm(config, x, parameter(parameters, NetworkConfig.FINAL_NORM));
  }

  /** Next-token logits of every position: {@code (batch, time)} to {@code (batch, time, vocab)}. */
  public Tensor logits(Tensor tokens) {
    return logitsOf(hidden(tokens));
  }

  /** Logits of chosen rows of {@link #hidden}: {@code (.., width)} to {@code (.., vocab)}. */
  public Tensor logitsOf(Tensor hiddenRows) {
    return torch.linear(hiddenRows, parameter(parameters, config.headName()));
  }

  /** The weights themselves, not copies, by Llama name in stored order. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** A copy that no optimiser changes: the reference or proximal policy. The caller closes it. */
  public PolicyNetwork frozenCopy() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    Tensors.updateInPlace(
        () ->
            parameters.forEach(
                (name, weight) -> copies.put(name, Tensors.retain(weight.detach().clone()))));
    return new PolicyNetwork(config, copies);
  }

  /** {@link #load(WeightSource)} of tensors that are in memory. */
  public void load(Map<String, Tensor> weights) {
    load(WeightSource.of(weights));
  }

  /**
   * Overwrites every weight in place; optimisers that hold them stay valid.
   *
   * @throws IllegalArgumentException naming missing, unknown and misshapen weights; nothing is
   *     changed then
   */
  public void load(WeightSource source) {
    WeightFit.require(config, source);
    parameters.forEach(
        (name, weight) -> Tensors.updateInPlace(() -> source.copyInto(name, weight)));
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    rotary.close();
  }

  static Tensor parameter(Map<String, Tensor> parameters, String name) {
    @Nullable Tensor weight = parameters.get(name);
    if (weight == null) {
      throw new IllegalStateException("no parameter `" + name + "` in " + parameters.keySet());
    }
    return weight;
  }

  private static double deviation(NetworkConfig config, String name) {
    boolean writesResidual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    return writesResidual
        ? INITIAL_DEVIATION / Math.sqrt(2.0 * config.layers())
        : INITIAL_DEVIATION;
  }

  private static PolicyNetwork trainable(PolicyNetwork network) {
    try (PointerScope scope = new PointerScope()) {
      network.parameters.values().forEach(weight -> weight.set_requires_grad(true));
    }
    return network;
  }
}
