package io.searchloop.streams.activation;

import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import java.util.List;

/**
 * What the activator last made of the logs.
 *
 * @param head the fold of the control log
 * @param released releases that may be activated
 * @param refused releases the trainer's gate refused
 * @param unreadable releases whose manifest this worker cannot read
 * @param effective control records that changed the head
 * @param voided control records that did not, with reasons
 * @param rejected releases this worker refused to serve, with reasons
 */
public record ActivationStatus(
    PolicyHead head,
    int released,
    int refused,
    int unreadable,
    long effective,
    List<Verdict> voided,
    List<PolicyState.Rejected> rejected) {
  static final ActivationStatus EMPTY =
      new ActivationStatus(PolicyHead.EMPTY, 0, 0, 0, 0, List.of(), List.of());

  public ActivationStatus {
    voided = List.copyOf(voided);
    rejected = List.copyOf(rejected);
  }
}
