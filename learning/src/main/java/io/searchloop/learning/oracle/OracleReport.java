package io.searchloop.learning.oracle;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the job must have emitted and counted.
 *
 * @param tuples expected tuples, by rollout and sequence
 * @param counts expected counts of every partition of the log
 * @param condemned query ids of visitors that a verdict of the log condemns
 */
public record OracleReport(
    List<ExpectedTuple> tuples, Map<SourcePartition, ClassCounts> counts, Set<String> condemned) {
  public OracleReport {
    tuples = List.copyOf(tuples);
    counts = Map.copyOf(counts);
    condemned = Set.copyOf(condemned);
  }
}
