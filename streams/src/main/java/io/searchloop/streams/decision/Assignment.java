package io.searchloop.streams.decision;

import io.searchloop.policy.control.Candidate;

/**
 * What a visitor was assigned to when a request came, whatever becomes of the request.
 *
 * @param arm the visitor's arm
 * @param propensity probability with which any visitor is assigned to it
 * @param candidate release on trial at that moment
 */
record Assignment(Arm arm, double propensity, Candidate candidate) {

  /** Version of the canary that visitors are compared for; -1 when none serves. */
  long canaryVersion() {
    return candidate.stage() == Candidate.Stage.CANARY ? candidate.version() : -1;
  }
}
