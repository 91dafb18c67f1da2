package io.searchloop.streams.activation;

import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What the activator last made of the logs.
 *
 * @param head the fold of the control log
 * @param headBy author of the record that made the head what it is; empty for none
 * @param personalHead offset of the last effective record that a person wrote; -1 for none
 * @param readTo offset of the last control record folded; -1 for none
 * @param released releases that may be activated
 * @param refused releases the trainer's gate refused
 * @param unreadable releases whose manifest this worker cannot read
 * @param effective control records that changed the head
 * @param voided control records that did not, with reasons
 * @param rejected releases this worker refused to serve, with reasons
 */
public record ActivationStatus(
    PolicyHead head,
    String headBy,
    long personalHead,
    long readTo,
    int released,
    int refused,
    int unreadable,
    long effective,
    List<Verdict> voided,
    List<PolicyState.Rejected> rejected) {
  static final ActivationStatus EMPTY =
      new ActivationStatus(PolicyHead.EMPTY, "", -1, -1, 0, 0, 0, 0, List.of(), List.of());

  public ActivationStatus {
    voided = List.copyOf(voided);
    rejected = List.copyOf(rejected);
  }

  /** What became of the control record at an offset; empty while it is not folded. */
  Optional<Verdict> verdict(long offset) {
    if (offset > readTo) {
      return Optional.empty();
    }
    return voided.stream()
        .filter(verdict -> verdict.offset() == offset)
        .findFirst()
        .or(() -> Optional.of(new Verdict(offset, true, "")));
  }
}
