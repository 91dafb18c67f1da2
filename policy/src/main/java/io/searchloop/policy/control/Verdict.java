package io.searchloop.policy.control;

/**
 * What became of one control record.
 *
 * @param offset offset of the record
 * @param effective whether it changed the head
 * @param reason why not; empty when effective
 */
public record Verdict(long offset, boolean effective, String reason) {
  static Verdict effective(long offset) {
    return new Verdict(offset, true, "");
  }

  static Verdict refused(long offset, String reason) {
    return new Verdict(offset, false, reason);
  }
}
