package io.searchloop.jobs.health;

import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.control.PolicyHead;

/**
 * What a trial needs to know of the control log. Public for Flink's serializers.
 *
 * @param headOffset what the next record has to expect
 * @param activeVersion the control
 * @param frozen whether no step may be taken
 * @param candidateVersion release that serves a share of visitors; -1 when none does
 * @param percent that share
 */
public record TrialHead(
    long headOffset, long activeVersion, boolean frozen, long candidateVersion, int percent) {

  static TrialHead of(PolicyHead head) {
    Candidate candidate = head.candidate();
    boolean serves = candidate.stage() == Candidate.Stage.CANARY;
    return new TrialHead(
        head.headOffset(),
        head.activeVersion(),
        head.frozen(),
        serves ? candidate.version() : -1,
        candidate.percent());
  }

  boolean serves() {
    return candidateVersion >= 0;
  }

  /** Whether the same two releases are compared. */
  boolean sameTrial(TrialHead other) {
    return candidateVersion == other.candidateVersion && activeVersion == other.activeVersion;
  }
}
