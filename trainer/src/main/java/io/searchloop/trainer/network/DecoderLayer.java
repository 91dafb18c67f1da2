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

  DecoderLayer(NetworkConfig config, Map<String, Tensor> parameters, int layer) {
    this.config = config;
    this.parameters = parameters;
    this.prefix = NetworkConfig.layerPrefix(layer);
  }

  /** {@code x (B, T, W)} to {@code (B, T, W)}, both float32. */
  Tensor forward(Tensor x, AttentionPattern pattern) {
    Precision precision = pattern.precision();
    Tensor attended = x.add(attention(precision.operand(norm(x, "input_layernorm")), pattern));
    return attended.add(
        mlp(precision.operand(norm(attended, "post_attention_layernorm")), precision));
  }

  private Tensor attention(Tensor x, AttentionPattern pattern) {
    Precision precision = pattern.precision();
    Tensor query = turned(x, "self_attn.q_proj", config.heads(), pattern);
    Tensor key = turned(x, "self_attn.k_proj", config.keyValueHeads(), pattern);
    Tensor value =
        heads(project(x, "self_attn.v_proj", precision), config.keyValueHeads())
            .to(torch.ScalarType.Float);
    Tensor mixed = // (B, heads, T, D)
        pattern.mix(query, key, value, config.headsPerGroup() > 1);
    Tensor joined = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), config.attentionWidth());
    return project(precision.operand(joined), "self_attn.o_proj", precision);
  }

  /** Float32, as the angles are. */
  private Tensor turned(Tensor x, String name, int count, AttentionPattern pattern) {
    return pattern.angles().turn(heads(project(x, name, pattern.precision()), count));
  }

  /** SwiGLU: {@code down(silu(gate(x)) * up(x))}. */
  private Tensor mlp(Tensor x, Precision precision) {
    Tensor gate = torch.silu(project(x, "mlp.gate_proj", precision));
    return project(gate.mul(project(x, "mlp.up_proj", precision)), "mlp.down_proj", precision);
  }

  /** {@code (B, T, count * D)} to {@code (B, count, T, D)}. */
  private Tensor heads(Tensor x, int count) {
    return x.view(x.size(0), x.size(1), count, config.headDim()).transpose(1, 2);
  }

  private Tensor project(Tensor x, String name, Precision precision) {
    Tensor weight = precision.operand(weight(name));
    Tensor bias = parameters.get(prefix + name + ".bias"); // Qwen2's queries, keys and values
    return bias == null
        ? torch.linear(x, weight)
        : torch.linear(x, weight, new TensorOptional(precision.operand(bias)));
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
