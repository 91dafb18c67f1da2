package io.searchloop.policy.control;

/**
 * The state the control log adds up to.
 *
 * @param headOffset offset of the last effective record; -1 before the first. Authors name it as
 *     {@code expected_head}
 * @param activeVersion release to serve; -1 for none
 * @param lineage offset of the rollback that began the current lineage; -1 for the first
 * @param frozen whether promotions are suspended
 * @param candidate release on trial
 * @param waitingVersion newest release that waits for the trial to end; -1 for none
 */
public record PolicyHead(
    long headOffset,
    long activeVersion,
    long lineage,
    boolean frozen,
    Candidate candidate,
    long waitingVersion) {
  private static final long NONE = -1;

  /** Before the first record. */
  public static final PolicyHead EMPTY = new PolicyHead(-1, -1, -1, false);

  /** A state without a trial. */
  public PolicyHead(long headOffset, long activeVersion, long lineage, boolean frozen) {
    this(headOffset, activeVersion, lineage, frozen, Candidate.NONE, NONE);
  }

  /** The state after a record that {@link ControlRules} let pass. */
  PolicyHead after(ControlEntry entry) {
    long offset = entry.offset();
    long version = entry.policyVersion();
    return switch (entry.action()) {
      case FREEZE ->
          new PolicyHead(offset, activeVersion, lineage, true, candidate, waitingVersion);
      case UNFREEZE ->
          new PolicyHead(offset, activeVersion, lineage, false, candidate, waitingVersion);
      // What was on trial grew out of what is withdrawn.
      case ROLLBACK -> new PolicyHead(offset, version, offset, frozen);
      case PROMOTE -> promoted(offset, version);
      case CANDIDATE ->
          candidate.running()
              ? new PolicyHead(offset, activeVersion, lineage, frozen, candidate, version)
              : on(offset, Candidate.named(version));
      case SHADOW -> on(offset, new Candidate(version, Candidate.Stage.SHADOW, 0));
      case CANARY -> on(offset, new Candidate(version, Candidate.Stage.CANARY, entry.percent()));
      case UNKNOWN -> this;
    };
  }

  private PolicyHead on(long offset, Candidate trial) {
    return new PolicyHead(offset, activeVersion, lineage, frozen, trial, waitingVersion);
  }

  /** A trial against what is no longer served begins anew; one of an older release ends. */
  private PolicyHead promoted(long offset, long version) {
    boolean onTrial = candidate.version() > version;
    long waiting = waitingVersion > version ? waitingVersion : NONE;
    return new PolicyHead(
        offset,
        version,
        lineage,
        frozen,
        Candidate.named(onTrial ? candidate.version() : waiting),
        onTrial ? waiting : NONE);
  }
}
