package io.searchloop.policy.transfer;

/**
 * Where a moved release stands in the log that takes it in.
 *
 * @param parentVersion release it follows there; -1 for the first
 * @param lineage lineage of that log
 * @param parentStep step of the release it follows; -1 for the first
 * @param nextMinibatch first minibatch offset that the log has not accounted for
 */
public record Placement(long parentVersion, long lineage, long parentStep, long nextMinibatch) {
  /** Before anything was released. */
  public static final Placement FIRST = new Placement(-1, -1, -1, 0);

  /**
   * Its step there: as far from the warm start as it was, but never behind what it follows, since
   * age is counted in steps.
   */
  long step(long stepBefore) {
    return Math.max(stepBefore, parentStep + 1);
  }
}
