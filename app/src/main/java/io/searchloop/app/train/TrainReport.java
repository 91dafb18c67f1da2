package io.searchloop.app.train;

import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.json.ReportJson;
import io.searchloop.trainer.offline.CurvePoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a training run came to, as JSON beside the policy.
 *
 * @param label where reward and figures come from
 * @param dataset name of the dataset
 * @param machine processors, memory, Java
 * @param settings settings given on the command line
 * @param queries queries learned from
 * @param minutes minutes of each phase; of an interrupted run all of them
 * @param warmStart figures of the warm start
 * @param gate figures of the release gate on the final policy
 * @param refused why the gate refused it; empty when it did not
 * @param validation judged on validation queries, with intervals
 * @param steps steps of learning
 * @param curve points of the learning curve, thinned; all of them are in {@code training/}
 */
public record TrainReport(
    String label,
    String dataset,
    Map<String, String> machine,
    Map<String, String> settings,
    int queries,
    Map<String, Double> minutes,
    Map<String, Double> warmStart,
    Map<String, Double> gate,
    String refused,
    EvaluationReport validation,
    long steps,
    List<CurvePoint> curve) {
  /** File name within the policy directory. */
  public static final String FILE = "report.json";

  static String label(Lessons lessons, boolean validated) {
    return "Reward: %s. Validation: %s."
        .formatted(
            lessons.described(),
            validated
                ? "human judgments of dev queries, whose clusters were not learned from"
                : "none, nobody judged a dev query");
  }

  private static final int POINTS = 200;

  /** Every n-th point, and each that was validated. */
  static List<CurvePoint> thinned(List<CurvePoint> curve) {
    int every = Math.max(1, curve.size() / POINTS);
    return curve.stream()
        .filter(point -> point.step() % every == 0 || !point.validation().isEmpty())
        .toList();
  }

  void write(Path directory) {
    ReportJson.write(directory.resolve(FILE), this);
  }
}
