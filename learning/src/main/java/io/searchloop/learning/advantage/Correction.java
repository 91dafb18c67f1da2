package io.searchloop.learning.advantage;

/**
 * What a late outcome changes. One member's reward moves the group's mean, and so every member's
 * advantage: {@code dA = dr - mean(dr)}. Example: of four members the second earns 1 more, so dA =
 * (-.25, .75, -.25, -.25). Exact for linear estimators only; leave-one-out adds its factor N/(N-1).
 */
public final class Correction {
  private final double[] changes;

  private Correction(double[] changes) {
    this.changes = changes;
  }

  /**
   * Correction for a change of one member's reward.
   *
   * @param members size of the group, at least two
   * @param member index of the member whose reward changed
   * @param rewardChange by how much
   * @throws IllegalArgumentException when the estimator is not linear
   */
  public static Correction of(
      AdvantageEstimator estimator, int members, int member, double rewardChange) {
    if (!estimator.linear()) {
      throw new IllegalArgumentException(
          "Corrections of "
              + estimator
              + " advantages are not additive; expected CENTRED or LEAVE_ONE_OUT. Change"
              + " assembly.advantage, or do without late outcomes.");
    }
    double[] rewardChanges = new double[members];
    rewardChanges[member] = rewardChange;
    return new Correction(estimator.advantages(rewardChanges));
  }

  /** Change of a member's advantage. */
  public double of(int member) {
    return changes[member];
  }
}
