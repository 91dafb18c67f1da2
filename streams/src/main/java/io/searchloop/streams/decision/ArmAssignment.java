package io.searchloop.streams.decision;

/**
 * Assigns visitors to arms by a salted hash: the same visitor meets the same arm on every worker
 * and every day, and another salt shuffles all of them.
 *
 * <p>With u = hash / 2^53 in [0, 1): identity when u &lt; holdout, reference when u &lt; holdout +
 * reference, policy otherwise. Shares .05 and .1: u = .12 is a reference visitor.
 *
 * @param holdoutShare share of visitors never rewritten
 * @param referenceShare share of visitors served by the warm start
 * @param salt any text
 */
public record ArmAssignment(double holdoutShare, double referenceShare, String salt) {
  public ArmAssignment {
    if (!(holdoutShare >= 0 && referenceShare >= 0 && holdoutShare + referenceShare <= 1)) {
      throw new IllegalArgumentException(
          "Holdout share %s and reference share %s, expected both from 0 and together at most 1."
              .formatted(holdoutShare, referenceShare));
    }
  }

  /** Arm of a visitor; a trial takes its share of the policy arm, see {@link CanaryTraffic}. */
  public Arm arm(String visitorKey) {
    double position = VisitorHash.position(salt + '\n' + visitorKey);
    if (position < holdoutShare) {
      return Arm.IDENTITY;
    }
    return position < holdoutShare + referenceShare ? Arm.REFERENCE : Arm.POLICY;
  }

  /**
   * Probability with which any visitor is assigned to an arm; that of the canary as if all were.
   */
  public double propensity(Arm arm) {
    return switch (arm) {
      case IDENTITY -> holdoutShare;
      case REFERENCE -> referenceShare;
      case POLICY, CANARY -> 1 - holdoutShare - referenceShare;
    };
  }
}
