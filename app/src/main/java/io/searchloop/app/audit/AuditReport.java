package io.searchloop.app.audit;

import java.util.List;
import java.util.Map;

/**
 * What the audit found.
 *
 * @param checkpointId checkpoint of RewardJob that was audited; -1 when there is none yet
 * @param watermark its event-time watermark, epoch milliseconds
 * @param partitions the audit equation of each source partition, by {@code topic/partition}
 * @param tuples base tuples and corrections compared, expected by the oracle
 * @param baseTuples how many of them are base tuples
 * @param quarantined records of condemned visitors
 * @param retractions corrections that took back what a condemned visitor had earned
 * @param engine searches that an engine alone prices
 * @param minibatches minibatches that releases or refusals account for
 * @param releases releases and refusals
 * @param violations one sentence each; empty when clean
 * @param notes what a reader should know besides
 */
public record AuditReport(
    long checkpointId,
    long watermark,
    Map<String, Map<String, Long>> partitions,
    long tuples,
    long baseTuples,
    long quarantined,
    long retractions,
    Engine engine,
    long minibatches,
    long releases,
    List<String> violations,
    List<String> notes) {
  /**
   * Searches that nobody saw.
   *
   * @param priced searches with a tuple for each candidate
   * @param unavailable searches the engine did not answer, each a dead letter
   * @param pending searches the engine's job has not read or not finished
   */
  public record Engine(long priced, long unavailable, long pending) {}

  public AuditReport {
    violations = List.copyOf(violations);
    notes = List.copyOf(notes);
  }

  /** Whether both invariants hold. */
  public boolean clean() {
    return violations.isEmpty();
  }
}
