package io.searchloop.policy.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Folds the control log into the head and a verdict for each record (docs/adr/0007, 0032). Pure:
 * equal logs and releases give equal results, whoever folds. Rules:
 *
 * <ul>
 *   <li>a repeated decision id counts once;
 *   <li>a record whose {@code expectedHead} is not the head is void: its author decided on an
 *       outdated view, so of two that race exactly one wins;
 *   <li>CANDIDATE, SHADOW, CANARY and PROMOTE take a known release of the current lineage, and
 *       nothing while frozen;
 *   <li>one release is on trial at a time. A newer CANDIDATE waits, and the newest that waits
 *       supersedes those before it; SHADOW and CANARY take the one on trial, or start a trial when
 *       none runs;
 *   <li>PROMOTE ends the trial of that release and of older ones, and the trial of a newer one
 *       begins anew, because it was compared with what is no longer served;
 *   <li>ROLLBACK takes any known release, ends every trial and begins a lineage named by its own
 *       offset, so a release of the withdrawn lineage that commits later can never be promoted.
 * </ul>
 *
 * @param head the state after all records
 * @param verdicts one for each record, in order
 */
public record ControlLog(PolicyHead head, List<Verdict> verdicts) {
  /** Author of what the loop decides by itself, which stands in no person's way. */
  public static final String LOOP = "policy-health";

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
    ControlRules rules = new ControlRules(lineageOf);
    PolicyHead head = PolicyHead.EMPTY;
    List<Verdict> verdicts = new ArrayList<>(entries.size());
    Set<String> seen = new HashSet<>();
    for (ControlEntry entry : entries) {
      String refusal =
          seen.add(entry.decisionId())
              ? rules.refusal(head, entry)
              : "repeats decision " + entry.decisionId();
      if (refusal.isEmpty()) {
        head = head.after(entry);
        verdicts.add(Verdict.effective(entry.offset()));
      } else {
        verdicts.add(Verdict.refused(entry.offset(), refusal));
      }
    }
    return new ControlLog(head, verdicts);
  }
}
