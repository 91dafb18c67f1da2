package io.searchloop.trainer.network;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Which tokens see which, how far apart they are, and what to compute in: what all layers of a
 * forward pass share.
 *
 * @param precision of matrix products
 * @param angles rotary angles of each position
 * @param bias {@code (B, 1, T, T)} zero where a token sees another and -infinity elsewhere; empty
 *     when each sees all before it
 */
record AttentionPattern(Precision precision, RotaryEmbedding.Angles angles, Optional<Tensor> bias) {

  static AttentionPattern of(TokenRows rows, RotaryEmbedding rotary, Precision precision) {
    return new AttentionPattern(
        precision, rotary.angles(rows), rows.layout().map(AttentionPattern::bias));
  }

  /**
   * Attention of all heads at once, by libtorch's fused kernel, in float32: on processors its
   * bfloat16 form is ten times slower.
   *
   * @param query {@code (B, heads, T, D)}
   * @param key {@code (B, key-value heads, T, D)}, {@code value} alike
   * @param grouped whether heads share keys and values
   */
  Tensor mix(Tensor query, Tensor key, Tensor value, boolean grouped) {
    return torch.scaled_dot_product_attention(
        query,
        key,
        value,
        bias.map(TensorOptional::new).orElseGet(TensorOptional::new),
        0,
        bias.isEmpty(),
        new DoubleOptional(),
        grouped);
  }

  private static Tensor bias(TokenRows.Layout layout) {
    Tensor hidden = layout.visible().logical_not();
    Tensor zeros = torch.zeros(hidden.shape());
    return zeros.masked_fill(hidden, new Scalar(Double.NEGATIVE_INFINITY));
  }
}
