package io.searchloop.app.replay;

import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay shows, as JSON.
 *
 * @param replay name of the log, or {@code dead-letters}
 * @param labels what is real, what is reconstructed and what is assumed
 * @param prefix before the replay's topics
 * @param input what became of the log's lines, or of the records of the live topics
 * @param sent decisions, and events by action, written to the topics
 * @param equation the audit equation of each source topic, all partitions together
 * @param tuples tuples on the topic
 * @param tuplesExpected tuples the batch oracle expects
 * @param learning groups, pairs and corrections on the minibatches topic
 * @param readmission what a replay of dead letters changed; null for other replays
 * @param seconds wall-clock time by part
 * @param settings where settings depart from the loop's defaults
 * @param machine processors, memory, Java
 * @param violations of the audit, one sentence each; empty when clean
 */
public record ReplayReport(
    String replay,
    List<String> labels,
    String prefix,
    Map<String, Long> input,
    Map<String, Long> sent,
    Map<String, Map<String, Long>> equation,
    TupleCounts tuples,
    long tuplesExpected,
    LearningCounts learning,
    @Nullable Readmission readmission,
    Map<String, Double> seconds,
    Map<String, String> settings,
    Map<String, String> machine,
    List<String> violations) {

  public ReplayReport {
    labels = List.copyOf(labels);
    violations = List.copyOf(violations);
  }

  /** Whether every record is accounted for and the tuples are the oracle's. */
  public boolean clean() {
    return violations.isEmpty();
  }

  /** The audit's violations, and one when the job accepted more or fewer records than were sent. */
  static List<String> violations(
      AuditReport audit, Map<String, Long> sent, Map<String, Map<String, Long>> equation) {
    List<String> violations = new java.util.ArrayList<>(audit.violations());
    long written = sent.values().stream().mapToLong(Long::longValue).sum();
    long accepted =
        equation.values().stream().mapToLong(row -> row.getOrDefault("accepted", 0L)).sum();
    if (written != accepted) {
      violations.add("The replay wrote " + written + " records, the job accepted " + accepted);
    }
    return violations;
  }

  /** Writes the report. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }

  /** The report as JSON. */
  public String toJson() {
    return ReportJson.text(this);
  }
}
