package io.searchloop.trainer.loss;

import io.searchloop.trainer.network.Tensors;
import java.util.Arrays;

/** Inputs with all but the interesting part at zero. */
final class Losses {
  private Losses() {}

  static ClippedPolicyLoss policyLoss(
      Normalisation normalisation, double dualClip, double constantLength, double klWeight) {
    return new ClippedPolicyLoss(.2, .2, dualClip, normalisation, constantLength, 3, klWeight);
  }

  /** One token per sequence, on policy. */
  static LossInputs inputs(double[] logRatios, double[] advantages) {
    double[] mask = new double[logRatios.length];
    Arrays.fill(mask, 1);
    return inputs(logRatios, mask, advantages);
  }

  /** Behaviour equals proximal (both zero), reference equals current: w = 1, no KL. */
  static LossInputs inputs(double[] logRatios, double[] mask, double[] advantages) {
    int sequences = advantages.length;
    int tokens = logRatios.length / sequences;
    return new LossInputs(
        Tensors.ofDoubles(logRatios, sequences, tokens),
        Tensors.ofDoubles(new double[logRatios.length], sequences, tokens),
        Tensors.ofDoubles(new double[sequences], sequences),
        Tensors.ofDoubles(logRatios, sequences, tokens),
        Tensors.ofDoubles(mask, sequences, tokens),
        Tensors.ofDoubles(advantages, sequences));
  }
}
