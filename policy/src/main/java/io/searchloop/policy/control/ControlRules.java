package io.searchloop.policy.control;

import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Why a record of the control log is void. Pure; an empty reason means that it takes effect. */
final class ControlRules {
  private static final int ALL_VISITORS = 100;

  private final LongFunction<OptionalLong> lineageOf;

  /**
   * @param lineageOf lineage of a release by policy version; empty when none is known
   */
  ControlRules(LongFunction<OptionalLong> lineageOf) {
    this.lineageOf = lineageOf;
  }

  String refusal(PolicyHead head, ControlEntry entry) {
    if (entry.expectedHead() != head.headOffset()) {
      return "expected head "
          + entry.expectedHead()
          + ", found "
          + head.headOffset()
          + ". Look at the log and decide again.";
    }
    return switch (entry.action()) {
      case UNKNOWN -> "unknown action; upgrade this reader";
      case FREEZE, UNFREEZE -> "";
      case ROLLBACK -> lineageOf.apply(entry.policyVersion()).isPresent() ? "" : unknown(entry);
      case PROMOTE -> release(head, entry);
      case CANDIDATE -> either(release(head, entry), newest(head, entry));
      case SHADOW -> either(release(head, entry), onTrial(head, entry));
      case CANARY -> either(release(head, entry), either(onTrial(head, entry), share(entry)));
    };
  }

  private String release(PolicyHead head, ControlEntry entry) {
    OptionalLong lineage = lineageOf.apply(entry.policyVersion());
    if (lineage.isEmpty()) {
      return unknown(entry);
    }
    if (head.frozen()) {
      return "promotions are frozen; UNFREEZE first";
    }
    if (lineage.getAsLong() != head.lineage()) {
      return "release "
          + entry.policyVersion()
          + " is of lineage "
          + lineage.getAsLong()
          + ", the current lineage is "
          + head.lineage();
    }
    return "";
  }

  private static String newest(PolicyHead head, ControlEntry entry) {
    long version = entry.policyVersion();
    if (version == head.activeVersion()) {
      return active(entry);
    }
    long newest = Math.max(head.candidate().version(), head.waitingVersion());
    return version > newest
        ? ""
        : "release %d is not newer than %d, which is on trial or waits for it; PROMOTE it, or name a newer one"
            .formatted(version, newest);
  }

  private static String onTrial(PolicyHead head, ControlEntry entry) {
    if (entry.policyVersion() == head.activeVersion()) {
      return active(entry);
    }
    Candidate candidate = head.candidate();
    return !candidate.running() || candidate.version() == entry.policyVersion()
        ? ""
        : "release %d is on trial; PROMOTE it or ROLLBACK to %d before %d is tried"
            .formatted(candidate.version(), head.activeVersion(), entry.policyVersion());
  }

  private static String share(ControlEntry entry) {
    return entry.percent() >= 1 && entry.percent() <= ALL_VISITORS
        ? ""
        : "share of visitors is %d %%, expected 1 to 100".formatted(entry.percent());
  }

  private static String active(ControlEntry entry) {
    return "release " + entry.policyVersion() + " is active already; it needs no trial";
  }

  private static String unknown(ControlEntry entry) {
    return "no release at offset " + entry.policyVersion() + "; see `policy list`";
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
