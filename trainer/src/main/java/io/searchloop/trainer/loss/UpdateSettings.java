package io.searchloop.trainer.loss;

/**
 * What every update of one trainer has in common.
 *
 * @param policyLoss loss of groups; corrections follow its normalisation and weight cap
 * @param preferenceLoss loss of pairs
 * @param orderLoss loss of partial orders
 * @param schedule step size over a run; a peak of zero trains nothing at all
 * @param scheduleSteps updates of a run; the schedule's end holds beyond
 * @param maxGradientNorm longer gradients are scaled down to this length
 * @param temperature of the sampler that served the rollouts
 * @param bounds how far off-policy rollouts may be
 * @param microBatches how much is computed at once
 */
public record UpdateSettings(
    ClippedPolicyLoss policyLoss,
    PreferenceLoss preferenceLoss,
    PartialOrderLoss orderLoss,
    LearningRateSchedule schedule,
    int scheduleSteps,
    double maxGradientNorm,
    double temperature,
    DivergenceBounds bounds,
    MicroBatches microBatches) {
  public UpdateSettings {
    if (scheduleSteps < 1 || !(maxGradientNorm > 0)) {
      throw new IllegalArgumentException(
          "schedule steps %d and gradient norm %s, expected 1 or more and above zero"
              .formatted(scheduleSteps, maxGradientNorm));
    }
  }

  /** Learning rate of the update that follows {@code steps} others; the first is no idle one. */
  public double learningRateAt(long steps) {
    return schedule.at((steps + 1.0) / scheduleSteps);
  }
}
