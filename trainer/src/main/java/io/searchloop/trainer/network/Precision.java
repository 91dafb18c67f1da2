package io.searchloop.trainer.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What matrix products are computed in. Weights, gradients, norms, residuals, attention between
 * tokens and softmax over the vocabulary stay float32 in either case, so that small updates add up.
 */
public enum Precision {
  /** Float32 throughout; agrees with the exported graph within 1e-4. */
  FP32,

  /**
   * Operands rounded to bfloat16 (8 bits of mantissa), sums in float32; twice as fast where the
   * processor multiplies bfloat16. Log-probabilities move by about a hundredth of a nat, which the
   * off-policy weight corrects for.
   */
  BF16;

  /** An operand of a matrix product; the tensor itself where nothing changes. */
  Tensor operand(Tensor x) {
    return switch (this) {
      case FP32 -> x;
      case BF16 -> x.to(torch.ScalarType.BFloat16);
    };
  }
}
