package io.searchloop.trainer.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Ratios per token or per sequence, and token losses to one number, under one normalisation. */
record TokenReduction(Normalisation normalisation, double constantLength) {

  /**
   * rho {@code (B, R)}; under SEQ each token carries its sequence's {@code exp(mean log-ratio)}.
   */
  Tensor ratios(LossInputs inputs) {
    Tensor logRatios = inputs.logRatios();
    if (normalisation == Normalisation.SEQ) {
      Tensor means = logRatios.sum(1L).div(lengths(inputs)).unsqueeze(1);
      return means.exp().expand(logRatios.shape());
    }
    return logRatios.exp();
  }

  /** One number from token losses {@code (B, R)}. */
  Tensor reduce(Tensor tokenLosses, LossInputs inputs) {
    Tensor sums = tokenLosses.mul(inputs.mask()).sum(1L); // (B)
    return switch (normalisation) {
      // Under SEQ all tokens of a sequence carry the same policy loss: the mean is that loss.
      case GRPO, SEQ -> sums.div(lengths(inputs)).mean();
      case DAPO -> sums.sum().div(inputs.mask().sum().clamp_min(new Scalar(1)));
      case DR_GRPO -> sums.sum().div(new Scalar(inputs.sequences() * constantLength));
    };
  }

  private static Tensor lengths(LossInputs inputs) {
    return inputs.lengths().clamp_min(new Scalar(1));
  }
}
