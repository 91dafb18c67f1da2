package io.searchloop.policy.control;

/**
 * One record of the control log.
 *
 * @param offset its offset in the log
 * @param decisionId idempotence key
 * @param action what was decided
 * @param policyVersion release acted on; -1 for freeze and unfreeze
 * @param expectedHead offset of the record its author believed to be the head; -1 for an empty log
 */
public record ControlEntry(
    long offset, String decisionId, Action action, long policyVersion, long expectedHead) {

  /** Actions on releases. */
  public enum Action {
    UNKNOWN,
    CANDIDATE,
    SHADOW,
    CANARY,
    PROMOTE,
    ROLLBACK,
    FREEZE,
    UNFREEZE
  }
}
