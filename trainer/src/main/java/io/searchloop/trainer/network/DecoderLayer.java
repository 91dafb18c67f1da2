package io.searchloop.trainer.network;

import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * One Llama layer: {@code x + attention(norm(x))}, then {@code x + mlp(norm(x))}.
 *
 * <p>Borrows its weights from the network. Shapes use B batch, T time, W width, D head size.
 */
final class DecoderLayer {
  private final NetworkConfig config;
  private final Map<String, Tensor> parameters;
  private final String prefix;
  private final RotaryEmbedding rotary;

  DecoderLayer(
      NetworkConfig config, Map<String, Tensor> parameters, int layer, RotaryEmbedding rotary) {
    this.config = config;
    this.parameters = parameters;
    this.prefix = NetworkConfig.layerPrefix(layer);
    this.rotary = rotary;
  }

  /** {@code x (B, T, W)} to {@code (B, T, W)}. */
  Tensor forward(Tensor x) {
    Tensor attended = x.add(attention(norm(x, "input_layernorm")));
    return attended.add(mlp(norm(attended, "post_attention_layernorm")));
  }

  private Tensor attention(Tensor x) {
    Tensor query = rotary.turn(heads(project(x, "self_attn.q_proj"), config.heads()));
    Tensor key = rotary.turn(heads(project(x, "self_attn.k_proj"), config.keyValueHeads()));
    Tensor value = heads(project(x, "self_attn.v_proj"), config.keyValueHeads());
    boolean grouped = config.headsPerGroup() > 1;
    Tensor mixed = // (B, heads, T, D)
        torch.scaled_dot_product_attention(
            query, key, value, new TensorOptional(), 0, true, new DoubleOptional(), grouped);
    return project(
        mixed.transpose(1, 2).reshape(x.size(0), x.size(1), config.attentionWidth()),
        "self_attn.o_proj");
  }

  /** SwiGLU: {@code down(silu(gate(x)) * up(x))}. */
  private Tensor mlp(Tensor x) {
    Tensor gate = torch.silu(project(x, "mlp.gate_proj"));
    return project(gate.mul(project(x, "mlp.up_proj")), "mlp.down_proj");
  }

  /** {@code (B, T, count * D)} to {@code (B, count, T, D)}. */
  private Tensor heads(Tensor x, int count) {
    return x.view(x.size(0), x.size(1), count, config.headDim()).transpose(1, 2);
  }

  private Tensor project(Tensor x, String name) {
    Tensor bias = parameters.get(prefix + name + ".bias"); // Qwen2's queries, keys and values
    return bias == null
        ? torch.linear(x, weight(name))
        : torch.linear(x, weight(name), new TensorOptional(bias));
  }

  private Tensor norm(Tensor x, String name) {
    return rmsNorm(config, x, weight(name));
  }

  private Tensor weight(String name) {
    return PolicyNetwork.parameter(parameters, prefix + name + ".weight");
  }

  /** {@code x / sqrt(mean(x^2) + epsilon) * weight} over the last dimension. */
  static Tensor rmsNorm(NetworkConfig config, Tensor x, Tensor weight) {
    return torch.rms_norm(
        x,
        new long[] {config.width()},
        new TensorOptional(weight),
        new DoubleOptional(config.normEpsilon()));
  }
}
