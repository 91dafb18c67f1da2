package io.searchloop.learning.oracle;

import java.util.List;
import java.util.Map;

/**
 * What the job must have emitted and counted.
 *
 * @param tuples expected tuples, by rollout and sequence
 * @param counts expected counts of every partition of the log
 */
public record OracleReport(List<ExpectedTuple> tuples, Map<SourcePartition, ClassCounts> counts) {
  public OracleReport {
    tuples = List.copyOf(tuples);
    counts = Map.copyOf(counts);
  }
}
