package io.searchloop.streams.control;

/**
 * An operator's wish to serve an earlier release again.
 *
 * @param toVersion release to put back: its offset
 * @param expectedHead head of the control log it was decided upon; with another one it is void
 * @param who author, kept in the control log
 * @param why reason, kept in the control log
 */
public record RollbackOrder(long toVersion, long expectedHead, String who, String why) {
  public RollbackOrder {
    if (who.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException(
          "Rollback to %d by '%s' because of '%s', expected an author and a reason."
              .formatted(toVersion, who, why));
    }
  }

  /** The same wish upon another head. */
  RollbackOrder upon(long head) {
    return new RollbackOrder(toVersion, head, who, why);
  }
}
