package io.searchloop.trainer.loss;

/**
 * What every update of one trainer has in common.
 *
 * @param policyLoss loss of groups; corrections follow its normalisation and weight cap
 * @param preferenceLoss loss of pairs
 * @param orderLoss loss of partial orders
 * @param learningRate constant step size; zero trains nothing at all
 * @param maxGradientNorm longer gradients are scaled down to this length
 * @param temperature of the sampler that served the rollouts
 * @param bounds how far off-policy rollouts may be
 */
public record UpdateSettings(
    ClippedPolicyLoss policyLoss,
    PreferenceLoss preferenceLoss,
    PartialOrderLoss orderLoss,
    double learningRate,
    double maxGradientNorm,
    double temperature,
    DivergenceBounds bounds) {
  public UpdateSettings {
    if (!(learningRate >= 0) || !(maxGradientNorm > 0)) {
      throw new IllegalArgumentException(
          "learning rate "
              + learningRate
              + " and gradient norm "
              + maxGradientNorm
              + ", expected zero or more and above zero");
    }
  }
}
