package io.searchloop.app.audit;

import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.ClassCounts;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.Located;
import io.searchloop.learning.oracle.OracleReport;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Invariant 1 as of one checkpoint: the reward job's ledger and tuples against the oracle's.
 *
 * @param view the checkpoint
 * @param tuples tuples the oracle expects
 * @param baseTuples how many of them are base tuples
 * @param retractions tuples found that take back what a condemned visitor earned
 * @param violations one sentence each
 */
record RewardAudit(
    LedgerView view, long tuples, long baseTuples, long retractions, List<String> violations) {

  static RewardAudit of(RawLog raw, LedgerView view) {
    OracleReport expected = new BatchOracle(raw.configs()).expect(raw.asOf(view));
    List<String> violations = new ArrayList<>();
    view.counts()
        .forEach(
            (partition, counted) -> {
              if (!counted.balanced()) {
                violations.add(name(partition) + ": classes do not add up to accepted: " + counted);
              }
              if (raw.completeness().whole()) {
                compare(partition, counted, expected, violations);
              }
            });
    Predicate<ExpectedTuple> computable = computable(raw, expected);
    List<ExpectedTuple> due = expected.tuples().stream().filter(computable).toList();
    List<FoundTuple> found =
        raw.tuples().stream().filter(tuple -> computable.test(tuple.tuple())).toList();
    TupleComparison tuples = TupleComparison.of(due, found, view.watermark(), raw.schedule());
    violations.addAll(tuples.violations());
    return new RewardAudit(
        view,
        due.size(),
        due.stream().filter(tuple -> tuple.sequence() == 0).count(),
        tuples.retractions(),
        violations);
  }

  /**
   * Tells the tuples that what is left of the log accounts for. A visitor who is condemned over and
   * over is left out: when each verdict fell depends on the first.
   */
  private static Predicate<ExpectedTuple> computable(RawLog raw, OracleReport expected) {
    if (raw.completeness().whole()) {
      return tuple -> true;
    }
    Set<String> searches =
        raw.decisions().stream()
            .map(Located::record)
            .filter(
                decision ->
                    decision.getTimestamp().toEpochMilli() >= raw.completeness().decidedSince())
            .map(Decision::getQueryId)
            .filter(queryId -> !expected.condemned().contains(queryId))
            .collect(Collectors.toSet());
    return tuple -> searches.contains(tuple.queryId());
  }

  boolean clean() {
    return violations.isEmpty();
  }

  /** Records the job counted in a class, over all partitions. */
  long counted(RecordClass recordClass) {
    return view.counts().values().stream().mapToLong(counts -> counts.count(recordClass)).sum();
  }

  /** The audit equation of each partition, as the job counted it. */
  Map<String, Map<String, Long>> partitions() {
    Map<String, Map<String, Long>> table = new TreeMap<>();
    view.counts()
        .forEach(
            (partition, counts) -> {
              Map<String, Long> row = new LinkedHashMap<>();
              row.put("accepted", counts.accepted());
              for (RecordClass recordClass : RecordClass.values()) {
                row.put(name(recordClass), counts.count(recordClass));
              }
              table.put(name(partition), row);
            });
    return table;
  }

  private static void compare(
      SourcePartition partition,
      ClassCounts counted,
      OracleReport expected,
      List<String> violations) {
    ClassCounts due = expected.counts().get(partition);
    if (due == null || due.accepted() != counted.accepted()) {
      violations.add(
          "%s: the job accepted %d records, the topic holds %s"
              .formatted(
                  name(partition), counted.accepted(), due == null ? "none" : due.accepted()));
      return;
    }
    for (RecordClass recordClass : RecordClass.values()) {
      if (due.count(recordClass) != counted.count(recordClass)) {
        violations.add(
            "%s: the job counted %d as %s, the oracle %d"
                .formatted(
                    name(partition),
                    counted.count(recordClass),
                    name(recordClass),
                    due.count(recordClass)));
      }
    }
  }

  private static String name(RecordClass recordClass) {
    return recordClass.name().toLowerCase(Locale.ROOT);
  }

  private static String name(SourcePartition partition) {
    return partition.topic() + "/" + partition.partition();
  }
}
