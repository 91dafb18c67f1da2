package io.searchloop.streams.decision;

import io.searchloop.policy.control.Candidate;
import io.searchloop.streams.heads.QueryStrata;

/**
 * How traffic is divided: visitors among arms, those of the policy arm between the active release
 * and the one on trial, then the requests of both among modes.
 *
 * @param arms of visitors
 * @param modes of requests
 * @param strata tells head queries from the tail
 * @param canary tells who meets the release on trial
 * @param exploration of requests of the policy and of the release on trial
 */
public record Traffic(
    ArmAssignment arms,
    ModeMix modes,
    QueryStrata strata,
    CanaryTraffic canary,
    Exploration exploration) {
  private static final double ALL = 100;

  /** Traffic without trials and exploration. */
  public Traffic(ArmAssignment arms, ModeMix modes, QueryStrata strata) {
    this(arms, modes, strata, CanaryTraffic.none(), Exploration.NONE);
  }

  /** What the visitor of a request is assigned to. */
  Assignment assign(RewriteRequest request) {
    Candidate candidate = canary.candidate();
    Arm arm = arms.arm(request.visitorKey());
    double propensity = arms.propensity(arm);
    if (arm != Arm.POLICY) {
      return new Assignment(arm, propensity, candidate);
    }
    double share = candidate.percent() / ALL;
    return canary.meets(request.visitorKey(), candidate)
        ? new Assignment(Arm.CANARY, propensity * share, candidate)
        : new Assignment(Arm.POLICY, propensity * (1 - share), candidate);
  }

  /**
   * Mode of a request of the policy and canary arms.
   *
   * @param u uniform in [0, 1), drawn for this request
   */
  LearningMode mode(RewriteRequest request, double u) {
    return modes.mode(u, strata.of(request.query()));
  }
}
