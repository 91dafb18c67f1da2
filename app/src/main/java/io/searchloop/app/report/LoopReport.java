package io.searchloop.app.report;

import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.json.ReportJson;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the demo shows, as JSON.
 *
 * @param label says that shoppers were simulated
 * @param dataset name of the dataset
 * @param minutes how long shoppers shopped
 * @param machine processors, memory, Java
 * @param settings settings given on the command line
 * @param armShares share of visitors by arm
 * @param versions releases in order
 * @param loop final snapshot
 * @param wholeRun what the arms earned over the whole run
 * @param lastThird over its last third
 * @param audit invariants 1 and 2
 * @param evaluation judged on test-split queries; null when not asked for
 */
public record LoopReport(
    String label,
    String dataset,
    double minutes,
    Map<String, String> machine,
    Map<String, String> settings,
    Map<Arm, Double> armShares,
    List<Version> versions,
    LoopSnapshot loop,
    ArmFigures wholeRun,
    ArmFigures lastThird,
    AuditReport audit,
    @Nullable EvaluationReport evaluation) {

  /** The label of every figure that simulated shoppers produced. */
  public static final String SIMULATED =
      "Rewards come from simulated shoppers; nDCG and recall, where given, from the dataset's"
          + " judgments.";

  /**
   * A release or refusal.
   *
   * @param version policy version
   * @param step trainer step
   * @param lineage its lineage
   * @param committedAtMs epoch milliseconds
   * @param origin warm-start or training
   * @param minibatches minibatches that changed its weights
   * @param gate figures of the release gate
   * @param refused why it was refused; empty when it was released
   */
  public record Version(
      long version,
      long step,
      long lineage,
      long committedAtMs,
      String origin,
      long minibatches,
      Map<String, Double> gate,
      String refused) {}

  /** The answer in a few sentences. */
  public List<String> conclusions() {
    return List.of(
        versions.stream().filter(version -> version.refused().isEmpty()).count()
            + " versions released, "
            + loop.swaps()
            + " swapped in, "
            + loop.searches()
            + " searches, "
            + loop.failedSearches()
            + " failed.",
        "Reward per search over the last third (simulated shoppers): " + describe(lastThird),
        "Policy minus identity: " + describe(lastThird.policyMinusIdentity()),
        "Policy minus frozen warm start: " + describe(lastThird.policyMinusReference()));
  }

  private static String describe(ArmFigures figures) {
    StringBuilder text = new StringBuilder();
    figures
        .reward()
        .forEach(
            (arm, reward) ->
                text.append(arm.label())
                    .append(' ')
                    .append(describe(Optional.of(reward)))
                    .append(" of ")
                    .append(figures.searches().get(arm))
                    .append("; "));
    return text.toString();
  }

  private static String describe(Optional<Interval> interval) {
    return interval.map(i -> i.text(3)).orElse("too few searches");
  }

  /** Facts about this machine. */
  public static Map<String, String> machineFacts() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("max_heap_mb", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
    machine.put("java", System.getProperty("java.runtime.version", ""));
    machine.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    return machine;
  }

  /** Writes the report. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
