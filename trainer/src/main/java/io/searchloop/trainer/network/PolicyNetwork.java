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
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The policy that learns: a decoder-only language model of Llama's layout (RMSNorm, rotary
 * positions, grouped-query attention, SwiGLU; output head tied to the embedding or not). Qwen2's
 * layout is the same with a bias on queries, keys and values. Weights, gradients and whatever adds
 * up are float32; matrix products are in the precision of its {@link Compute}.
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
  private final Compute compute;
  private final Map<String, Tensor> parameters;
  private final RotaryEmbedding rotary;
  private final List<DecoderLayer> layers = new ArrayList<>();

  private PolicyNetwork(
      NetworkConfig config, Compute compute, Map<String, Tensor> ownedParameters) {
    this.config = config;
    this.compute = compute;
    this.parameters = Collections.unmodifiableMap(ownedParameters);
    this.rotary = new RotaryEmbedding(config);
    for (int layer = 0; layer < config.layers(); layer++) {
      layers.add(new DecoderLayer(config, parameters, layer));
    }
  }

  /** A fresh network that computes in float32, see below. */
  public static PolicyNetwork initialise(NetworkConfig config, long seed) {
    return initialise(config, Compute.DEFAULT, seed);
  }

  /**
   * A fresh network; the same seed gives the same weights. Matrices are N(0, .02^2), those that
   * write to the residual stream divided by {@code sqrt(2 * layers)} (GPT-2); norms are one, biases
   * zero.
   */
  public static PolicyNetwork initialise(NetworkConfig config, Compute compute, long seed) {
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
    return trainable(new PolicyNetwork(config, compute, parameters));
  }

  /** A trainable network with these weights, which are copied, that computes in float32. */
  public static PolicyNetwork restore(NetworkConfig config, Map<String, Tensor> weights) {
    return restore(config, Compute.DEFAULT, weights);
  }

  /** A trainable network with these weights, which are copied. */
  public static PolicyNetwork restore(
      NetworkConfig config, Compute compute, Map<String, Tensor> weights) {
    return restore(config, compute, WeightSource.of(weights));
  }

  /** {@link #restore(NetworkConfig, Compute, WeightSource)} that computes in float32. */
  public static PolicyNetwork restore(NetworkConfig config, WeightSource source) {
    return restore(config, Compute.DEFAULT, source);
  }

  /**
   * A trainable network with the weights of {@code source}, read one at a time.
   *
   * @throws IllegalArgumentException as {@link #load(WeightSource)}
   */
  public static PolicyNetwork restore(NetworkConfig config, Compute compute, WeightSource source) {
    WeightFit.require(config, source);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Tensors.updateInPlace(
        () ->
            config
                .parameterShapes()
                .forEach(
                    (name, shape) -> parameters.put(name, Tensors.retain(torch.empty(shape)))));
    PolicyNetwork network = trainable(new PolicyNetwork(config, compute, parameters));
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

  /** How this network computes. */
  public Compute compute() {
    return compute;
  }

  /**
   * Features after the final norm, in float32: {@code tokens (batch, time)} int64 to {@code (..,
   * width)}.
   */
  public Tensor hidden(Tensor tokens) {
    if (tokens.dim() != 2 || tokens.size(1) > config.maxPositions()) {
      throw new IllegalArgumentException(
          "tokens: found shape %s, expected (batch, time) with time at most %d (max-positions)"
              .formatted(Arrays.toString(tokens.shape()), config.maxPositions()));
    }
    return hidden(TokenRows.causal(tokens), Precision.FP32);
  }

  private Tensor hidden(TokenRows rows, Precision precision) {
    AttentionPattern pattern = AttentionPattern.of(rows, rotary, precision);
    Tensor x = torch.embedding(parameter(parameters, NetworkConfig.EMBEDDING), rows.tokens());
    if (compute.recompute() && GradMode.is_enabled() && x.requires_grad()) {
      x = new RecomputedLayers(layers, pattern).forward(x);
    } else {
      for (DecoderLayer layer : layers) {
        Tensor input = x;
        x = Tensors.freeingTheRest(() -> layer.forward(input, pattern));
      }
    }
    return DecoderLayer.rmsNorm(config, x, parameter(parameters, NetworkConfig.FINAL_NORM));
  }

  /**
   * Logits that predict the response tokens of a batch, {@code (N, vocab)}: the head runs where one
   * is predicted, nowhere else.
   */
  public Tensor responseLogits(SequenceBatch batch) {
    return responseLogits(batch, compute.precision());
  }

  /** {@link #responseLogits} in float32 whatever the network learns in, as workers compute. */
  public Tensor exactResponseLogits(SequenceBatch batch) {
    return responseLogits(batch, Precision.FP32);
  }

  private Tensor responseLogits(SequenceBatch batch, Precision precision) {
    requirePositions(batch);
    Tensor hidden = hidden(batch.rows(), precision);
    return head(hidden.view(-1, config.width()).index_select(0, batch.predictors()), precision);
  }

  /**
   * Next-token logits of every position, in float32 whatever the network learns in: {@code (batch,
   * time)} to {@code (batch, time, vocab)}. What the exported graph must agree with.
   */
  public Tensor logits(Tensor tokens) {
    return head(hidden(tokens), Precision.FP32);
  }

  /** Logits of chosen rows of {@link #hidden}: {@code (.., width)} to {@code (.., vocab)}. */
  public Tensor logitsOf(Tensor hiddenRows) {
    return head(hiddenRows, Precision.FP32);
  }

  /** {@code (.., width)} to {@code (.., vocab)}, float32. */
  private Tensor head(Tensor hidden, Precision precision) {
    Tensor weight = precision.operand(parameter(parameters, config.headName()));
    return torch.linear(precision.operand(hidden), weight).to(torch.ScalarType.Float);
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
    return new PolicyNetwork(config, compute, copies);
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

  private void requirePositions(SequenceBatch batch) {
    if (batch.longest() > config.maxPositions()) {
      throw new IllegalArgumentException(
          "sequence batch: found a prompt with response of %d tokens, expected at most %d"
                  .formatted(batch.longest(), config.maxPositions())
              + " (max-positions)");
    }
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
