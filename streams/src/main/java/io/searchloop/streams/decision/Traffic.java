package io.searchloop.streams.decision;

import io.searchloop.streams.heads.QueryStrata;

/**
 * How traffic is divided: visitors among arms, then the policy arm's requests among modes.
 *
 * @param arms of visitors
 * @param modes of requests
 * @param strata tells head queries from the tail
 * @param exploration of the policy arm's requests
 */
public record Traffic(
    ArmAssignment arms, ModeMix modes, QueryStrata strata, Exploration exploration) {

  /** Without exploration. */
  public Traffic(ArmAssignment arms, ModeMix modes, QueryStrata strata) {
    this(arms, modes, strata, Exploration.NONE);
  }

  /** Arm of a visitor. */
  Arm arm(RewriteRequest request) {
    return arms.arm(request.visitorKey());
  }

  /** Probability with which any visitor is assigned to an arm. */
  double propensity(Arm arm) {
    return arms.propensity(arm);
  }

  /**
   * Mode of a request of the policy arm.
   *
   * @param u uniform in [0, 1), drawn for this request
   */
  LearningMode mode(RewriteRequest request, double u) {
    return modes.mode(u, strata.of(request.query()));
  }
}
