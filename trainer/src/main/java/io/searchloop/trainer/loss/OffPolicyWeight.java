package io.searchloop.trainer.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Corrects for rollouts that an earlier policy sampled: {@code w = min(exp(l_prox - l_b), C)} per
 * sequence (decoupled PPO, arXiv 2110.00641; truncated importance sampling).
 *
 * <p>Worked number: l_prox = -2, l_b = -3, C = 3: w = e = 2.71828; with l_b = -4 it is capped at 3.
 *
 * @param cap C, above zero
 */
record OffPolicyWeight(double cap) {

  OffPolicyWeight {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("weight cap C: found " + cap + ", expected above 0");
    }
  }

  /** Weights {@code (B)}, without gradient. */
  Tensor of(LossInputs inputs) {
    return uncapped(inputs).clamp_max(new Scalar(cap));
  }

  /** Share of sequences whose weight the cap changed. */
  double cappedShare(LossInputs inputs) {
    return Figures.mean(uncapped(inputs).gt(new Scalar(cap)));
  }

  private static Tensor uncapped(LossInputs inputs) {
    Tensor proximal = inputs.proximal().mul(inputs.mask()).sum(1L);
    return proximal.sub(inputs.behaviour()).detach().exp();
  }
}
