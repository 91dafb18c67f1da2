package io.searchloop.app.bench.attribution;

import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.TransactionMarkers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is left of exactly-once after many kills.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param flinkFlags Java's flags of the process that was killed
 * @param plan what was asked for
 * @param records decisions and events written
 * @param lives each life of the process that ended by a kill
 * @param restores how many lives went on from a checkpoint of an earlier one
 * @param tuplesExpected tuples that the oracle asks for
 * @param tuplesFound tuples that read_committed readers see
 * @param tuplesTwice tuples of them that are there more than once
 * @param transactions how transactions ended, by topic
 * @param audit the audit of the topics, with the oracle's counts and every violation
 */
public record HaltsReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    List<String> flinkFlags,
    HaltsPlan plan,
    long records,
    List<Life> lives,
    long restores,
    long tuplesExpected,
    long tuplesFound,
    long tuplesTwice,
    Map<String, TransactionMarkers> transactions,
    AuditReport audit)
    implements BenchReport {

  /**
   * From a start to a kill.
   *
   * @param restoredFrom checkpoint it went on from; -1 for none
   * @param completed checkpoints it completed
   * @param killedAfterMs how long after its first checkpoint it was killed
   */
  public record Life(long restoredFrom, long completed, long killedAfterMs) {}

  public HaltsReport {
    lives = List.copyOf(lives);
  }

  /** Whether output and oracle are identical. */
  @Override
  public boolean met() {
    return audit.clean() && tuplesTwice == 0 && tuplesFound == tuplesExpected;
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    long aborted = transactions.values().stream().mapToLong(TransactionMarkers::aborted).sum();
    return List.of(
        "%d kills, %d restores, %,d records, %d transactions aborted."
            .formatted(lives.size(), restores, records, aborted),
        "Tuples: %,d expected, %,d found, %,d more than once; %d violations."
            .formatted(tuplesExpected, tuplesFound, tuplesTwice, audit.violations().size()),
        met()
            ? "Clean: what read_committed readers see is what the oracle asks for."
            : "NOT CLEAN. " + String.join(" ", audit.violations()));
  }
}
