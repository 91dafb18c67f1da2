package io.searchloop.trainer.checkpoint;

/**
 * The constants of AdamW; the learning rate comes with each step.
 *
 * @param firstDecay beta one, in [0, 1)
 * @param secondDecay beta two, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay of matrices, zero or more; norms are never decayed
 */
public record AdamSettings(
    double firstDecay, double secondDecay, double epsilon, double weightDecay) {

  public AdamSettings {
    if (!(firstDecay >= 0 && firstDecay < 1 && secondDecay >= 0 && secondDecay < 1)
        || !(epsilon > 0)
        || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          ("AdamW: found decays %s and %s, epsilon %s, weight decay %s; expected decays in [0, 1),"
                  + " epsilon above 0, weight decay 0 or more")
              .formatted(firstDecay, secondDecay, epsilon, weightDecay));
    }
  }

  /** Decays .9 and .99 (short runs: the second moment must follow within a hundred steps). */
  public static AdamSettings defaults() {
    return new AdamSettings(.9, .99, 1e-8, .01);
  }
}
