package io.searchloop.app.study;

import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.evaluation.Stratum;
import io.searchloop.app.json.ReportJson;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static final String IDENTITY = "identity";
  private static final String FUSED = RewritingStudy.FUSED;
  private static final String FUSED_WARM_START = RewritingStudy.WARM_START + FUSED;

  public RewritingReport {
    judged = new TreeMap<>(judged);
  }

  /**
   * Tables of a results page: misspelt queries, the others, and all, then LESER's gains over the
   * query as typed; means over seeds. A policy that the release gate refused under some seed is
   * named below them: its mean would be of other splits.
   */
  public String table() {
    Map<String, List<Long>> seeds = seeds();
    List<String> everywhere =
        seeds.keySet().stream()
            .filter(policy -> seeds.getOrDefault(policy, List.of()).size() == judged.size())
            .toList();
    StringBuilder text = new StringBuilder();
    for (Stratum stratum : STRATA) {
      text.append(stratum.key()).append("\n\n");
      text.append(
          "| policy | nDCG@10 | to typed+spell | to warm start | recall@100 | to typed+spell | to warm start |\n");
      text.append("|---|---|---|---|---|---|---|\n");
      everywhere.forEach(policy -> text.append(row(policy, stratum)));
      text.append('\n');
    }
    text.append(
        "| policy | retrieval gain | to warm start | relevance@10 | to identity | to warm start |\n");
    text.append("|---|---|---|---|---|---|\n");
    everywhere.forEach(policy -> text.append(gains(policy)));
    text.append('\n');
    seeds.forEach(
        (policy, with) -> {
          if (with.size() < judged.size()) {
            text.append(
                "Left out: %s, which passed the release gate under seeds %s of %s.%n"
                    .formatted(policy, with, judged.keySet()));
          }
        });
    return text.toString();
  }

  /** Policies that were to be judged, each with the seeds under which it was. */
  private Map<String, List<Long>> seeds() {
    Map<String, List<Long>> seeds = new LinkedHashMap<>();
    judged.forEach(
        (seed, report) ->
            report
                .policies()
                .forEach(
                    figures ->
                        seeds
                            .computeIfAbsent(figures.policy(), policy -> new ArrayList<>())
                            .add(seed)));
    plan.methods().forEach(method -> seeds.putIfAbsent(method.key() + FUSED, List.of()));
    return seeds;
  }

  private String row(String policy, Stratum stratum) {
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %s | %s | %.4f | %s | %s |%n",
        policy,
        mean(policy, stratum, Metric.NDCG_AT_10),
        difference(policy, stratum, Metric.NDCG_AT_10, RewritingStudy.NO_LEARNING).signedText(4),
        difference(policy, stratum, Metric.NDCG_AT_10, FUSED_WARM_START).signedText(4),
        mean(policy, stratum, Metric.RECALL_AT_100),
        difference(policy, stratum, Metric.RECALL_AT_100, RewritingStudy.NO_LEARNING).signedText(4),
        difference(policy, stratum, Metric.RECALL_AT_100, FUSED_WARM_START).signedText(4));
  }

  private String gains(String policy) {
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %s | %.4f | %s | %s |%n",
        policy,
        mean(policy, Stratum.ALL, Metric.RETRIEVAL_GAIN),
        difference(policy, Stratum.ALL, Metric.RETRIEVAL_GAIN, FUSED_WARM_START).signedText(4),
        mean(policy, Stratum.ALL, Metric.RELEVANCE),
        difference(policy, Stratum.ALL, Metric.RELEVANCE, IDENTITY).signedText(4),
        difference(policy, Stratum.ALL, Metric.RELEVANCE, FUSED_WARM_START).signedText(4));
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

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
