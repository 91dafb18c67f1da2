package io.searchloop.policy.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Folds the control log into the head and a verdict for each record. Pure: equal logs and releases
 * give equal results, whoever folds. Rules:
 *
 * <ul>
 *   <li>a repeated decision id counts once;
 *   <li>a record whose {@code expectedHead} is not the head is void: its author decided on an
 *       outdated view;
 *   <li>PROMOTE takes a known release of the current lineage, and nothing while frozen;
 *   <li>ROLLBACK takes any known release and begins a lineage named by its own offset, so a release
 *       of the withdrawn lineage that commits later can never be promoted;
 *   <li>CANDIDATE, SHADOW and CANARY are recorded and move the head; they do not change what is
 *       active.
 * </ul>
 *
 * @param head the state after all records
 * @param verdicts one for each record, in order
 */
public record ControlLog(PolicyHead head, List<Verdict> verdicts) {
  public ControlLog {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Folds a log.
   *
   * @param entries records in offset order
   * @param lineageOf lineage of a release by policy version; empty when no such release (or a
   *     refusal) is known
   */
  public static ControlLog fold(List<ControlEntry> entries, LongFunction<OptionalLong> lineageOf) {
    PolicyHead head = PolicyHead.EMPTY;
    List<Verdict> verdicts = new ArrayList<>(entries.size());
    Set<String> seen = new HashSet<>();
    for (ControlEntry entry : entries) {
      String refusal = refusal(head, entry, lineageOf, seen);
      seen.add(entry.decisionId());
      if (refusal.isEmpty()) {
        head = apply(head, entry);
        verdicts.add(Verdict.effective(entry.offset()));
      } else {
        verdicts.add(Verdict.refused(entry.offset(), refusal));
      }
    }
    return new ControlLog(head, verdicts);
  }

  private static String refusal(
      PolicyHead head, ControlEntry entry, LongFunction<OptionalLong> lineageOf, Set<String> seen) {
    if (seen.contains(entry.decisionId())) {
      return "repeats decision " + entry.decisionId();
    }
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
      case CANDIDATE, SHADOW, CANARY, PROMOTE -> refusalOfRelease(head, entry, lineageOf);
    };
  }

  private static String refusalOfRelease(
      PolicyHead head, ControlEntry entry, LongFunction<OptionalLong> lineageOf) {
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

  private static String unknown(ControlEntry entry) {
    return "no release at offset " + entry.policyVersion() + "; see `policy list`";
  }

  private static PolicyHead apply(PolicyHead head, ControlEntry entry) {
    long offset = entry.offset();
    return switch (entry.action()) {
      case PROMOTE -> new PolicyHead(offset, entry.policyVersion(), head.lineage(), head.frozen());
      case ROLLBACK -> new PolicyHead(offset, entry.policyVersion(), offset, head.frozen());
      case FREEZE -> new PolicyHead(offset, head.activeVersion(), head.lineage(), true);
      case UNFREEZE -> new PolicyHead(offset, head.activeVersion(), head.lineage(), false);
      case CANDIDATE, SHADOW, CANARY, UNKNOWN ->
          new PolicyHead(offset, head.activeVersion(), head.lineage(), head.frozen());
    };
  }
}
