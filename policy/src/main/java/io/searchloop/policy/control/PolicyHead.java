package io.searchloop.policy.control;

/**
 * The state the control log adds up to.
 *
 * @param headOffset offset of the last effective record; -1 before the first. Authors name it as
 *     {@code expected_head}
 * @param activeVersion release to serve; -1 for none
 * @param lineage offset of the rollback that began the current lineage; -1 for the first
 * @param frozen whether promotions are suspended
 */
public record PolicyHead(long headOffset, long activeVersion, long lineage, boolean frozen) {
  /** Before the first record. */
  public static final PolicyHead EMPTY = new PolicyHead(-1, -1, -1, false);
}
