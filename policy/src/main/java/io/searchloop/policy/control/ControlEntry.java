package io.searchloop.policy.control;

/**
 * One record of the control log.
 *
 * @param offset its offset in the log
 * @param decisionId idempotence key
 * @param action what was decided
 * @param policyVersion release acted on; -1 for freeze and unfreeze
 * @param expectedHead offset of the record its author believed to be the head; -1 for an empty log
 * @param percent share of visitors for CANARY, 1 to 100; 0 otherwise
 */
public record ControlEntry(
    long offset,
    String decisionId,
    Action action,
    long policyVersion,
    long expectedHead,
    int percent) {

  /** A record that gives no share of visitors. */
  public ControlEntry(
      long offset, String decisionId, Action action, long policyVersion, long expectedHead) {
    this(offset, decisionId, action, policyVersion, expectedHead, 0);
  }

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
