package io.searchloop.trainer.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Distance of the policy from its frozen reference, from one sampled token: {@code k3 = e^x - x -
 * 1} with {@code x = l_ref - l_theta}; never negative, and unbiased for KL(theta || ref) when theta
 * sampled (Schulman, "Approximating KL divergence", 2020).
 *
 * <p>Worked numbers: k3(.2) = .0214028, k3(-.2) = .0187308.
 */
final class ReferenceKl {
  private ReferenceKl() {}

  /** k3 per token, {@code (B, R)}, with gradient; zero where there is no token. */
  static Tensor perToken(LossInputs inputs) {
    Tensor x = inputs.reference().sub(inputs.logProbs()).mul(inputs.mask());
    return x.exp().sub(x).sub(new Scalar(1));
  }
}
