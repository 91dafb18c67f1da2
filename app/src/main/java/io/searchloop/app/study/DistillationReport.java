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
import java.util.function.ToDoubleFunction;

/**
 * What the distillation study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param seeds by seed
 */
public record DistillationReport(
    List<String> command,
    Map<String, String> machine,
    DistillationPlan plan,
    Map<Long, Seed> seeds) {
  private static final List<Stratum> STRATA = List.of(Stratum.MISSPELT, Stratum.OTHER);
  private static final String SFT = StudentKind.SFT.key() + DistillationStudy.FUSED;

  public DistillationReport {
    seeds = new TreeMap<>(seeds);
  }

  /**
   * One split.
   *
   * @param pairsByThreshold pairs of train queries that share at least k relevant products
   * @param exam what policies say of test queries
   * @param judged what is found with it
   */
  public record Seed(
      Map<Integer, Long> pairsByThreshold, List<ExamFigures> exam, EvaluationReport judged) {
    public Seed {
      pairsByThreshold = new TreeMap<>(pairsByThreshold);
      exam = List.copyOf(exam);
    }

    ExamFigures exam(String policy) {
      return exam.stream()
          .filter(one -> one.policy().equals(policy))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(policy + " sat no exam."));
    }
  }

  /** Tables of a results page: means over seeds. */
  public String table() {
    StringBuilder text = new StringBuilder();
    pairs(text);
    answers(text);
    STRATA.forEach(stratum -> retrieval(stratum, text));
    return text.toString();
  }

  private void pairs(StringBuilder text) {
    text.append("| split | pairs at k = 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|---|\n");
    seeds.forEach(
        (seed, found) -> {
          text.append("| ").append(seed);
          for (int k = 1; k <= 5; k++) {
            text.append(" | ").append(found.pairsByThreshold().getOrDefault(k, 0L));
          }
          text.append(" |\n");
        });
    text.append('\n');
  }

  private void answers(StringBuilder text) {
    text.append("| policy | parameters | median ms | times the teacher's speed |");
    for (ExamMeasure measure : ExamMeasure.values()) {
      text.append(' ').append(measure.key().replace('_', ' ')).append(" | to sft |");
    }
    text.append("\n|").append("---|".repeat(4 + 2 * ExamMeasure.values().length)).append('\n');
    for (ExamFigures policy : first().exam()) {
      String name = policy.policy();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %.1f |",
              name,
              policy.parameters(),
              mean(seed -> seed.exam(name).medianMs()),
              mean(
                  seed ->
                      seed.exam(DistillationStudy.TEACHER).medianMs()
                          / seed.exam(name).medianMs())));
      for (ExamMeasure measure : ExamMeasure.values()) {
        text.append(marked(name, measure));
      }
      text.append('\n');
    }
    text.append('\n');
  }

  private String marked(String policy, ExamMeasure measure) {
    if (seeds.values().stream()
        .anyMatch(seed -> !seed.exam(policy).marks().containsKey(measure.key()))) {
      return " | |";
    }
    Interval difference =
        SeedMean.of(
            seeds.values().stream().map(seed -> seed.exam(policy).of(measure).toSft()).toList());
    double value = mean(seed -> seed.exam(policy).of(measure).value());
    return String.format(Locale.ROOT, " %.4f | %s |", value, difference.signedText(4));
  }

  private void retrieval(Stratum stratum, StringBuilder text) {
    text.append(stratum.key()).append("\n\n");
    text.append(
        "| policy | nDCG@10 | to typed+spell | to sft | recall@100 | to typed+spell | to sft |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (PolicyFigures policy : first().judged().policies()) {
      text.append("| ").append(policy.policy()).append(" |");
      for (Metric metric : List.of(Metric.NDCG_AT_10, Metric.RECALL_AT_100)) {
        String name = policy.policy();
        text.append(
            String.format(
                Locale.ROOT,
                " %.4f | %s | %s |",
                mean(seed -> figures(seed, name).of(stratum, metric).value()),
                difference(name, stratum, metric, DistillationStudy.NO_LEARNING).signedText(4),
                difference(name, stratum, metric, SFT).signedText(4)));
      }
      text.append('\n');
    }
    text.append('\n');
  }

  /** The {@link SeedMean} of the seeds' differences. */
  Interval difference(String policy, Stratum stratum, Metric metric, String baseline) {
    return SeedMean.of(
        seeds.values().stream()
            .map(seed -> figures(seed, policy).of(stratum, metric).to(baseline))
            .toList());
  }

  private static PolicyFigures figures(Seed seed, String policy) {
    return seed.judged().of(policy, Combination.UNION);
  }

  private double mean(ToDoubleFunction<Seed> figure) {
    return seeds.values().stream().mapToDouble(figure).average().orElseThrow();
  }

  private Seed first() {
    return seeds.values().iterator().next();
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
