package io.searchloop.app.study;

import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.evaluation.Stratum;
import io.searchloop.app.json.ReportJson;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the rewriting study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param judged test queries of each seed's split
 */
public record RewritingReport(
    List<String> command,
    Map<String, String> machine,
    RewritingPlan plan,
    Map<Long, EvaluationReport> judged) {
  private static final List<Stratum> STRATA = List.of(Stratum.MISSPELT, Stratum.OTHER, Stratum.ALL);
  private static final String FUSED_WARM_START = RewritingStudy.WARM_START + "+spell";

  public RewritingReport {
    judged = new TreeMap<>(judged);
  }

  /** Tables of a results page: misspelt queries, the others, and all; means over seeds. */
  public String table() {
    StringBuilder text = new StringBuilder();
    for (Stratum stratum : STRATA) {
      text.append(stratum.key()).append("\n\n");
      text.append(
          "| policy | nDCG@10 | to typed+spell | to warm start | recall@100 | to typed+spell | to warm start |\n");
      text.append("|---|---|---|---|---|---|---|\n");
      for (PolicyFigures policy : first().policies()) {
        text.append(row(policy.policy(), stratum));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String row(String policy, Stratum stratum) {
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %s | %s | %.4f | %s | %s |%n",
        policy,
        mean(policy, stratum, Metric.NDCG_AT_10),
        shown(difference(policy, stratum, Metric.NDCG_AT_10, RewritingStudy.NO_LEARNING)),
        shown(difference(policy, stratum, Metric.NDCG_AT_10, FUSED_WARM_START)),
        mean(policy, stratum, Metric.RECALL_AT_100),
        shown(difference(policy, stratum, Metric.RECALL_AT_100, RewritingStudy.NO_LEARNING)),
        shown(difference(policy, stratum, Metric.RECALL_AT_100, FUSED_WARM_START)));
  }

  private double mean(String policy, Stratum stratum, Metric metric) {
    return judged.values().stream()
        .map(of(policy))
        .mapToDouble(figures -> figures.of(stratum, metric).value())
        .average()
        .orElseThrow();
  }

  /** The {@link SeedMean} of the seeds' differences. */
  Interval difference(String policy, Stratum stratum, Metric metric, String baseline) {
    return SeedMean.of(
        judged.values().stream()
            .map(of(policy))
            .map(figures -> figures.of(stratum, metric).to(baseline))
            .toList());
  }

  private static Function<EvaluationReport, PolicyFigures> of(String policy) {
    return report -> report.of(policy, Combination.UNION);
  }

  private EvaluationReport first() {
    return judged.values().iterator().next();
  }

  private static String shown(Interval found) {
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", found.mean(), found.low(), found.high());
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
