package io.searchloop.app.evaluation;

import io.searchloop.app.evaluation.PolicyFigures.Figure;
import io.searchloop.app.evaluation.PolicyFigures.Latency;
import io.searchloop.app.evaluation.PolicyFigures.Retrieval;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table for each stratum that says something of rewriting, in Markdown: to be read in a terminal
 * and on a results page. The other strata are in the JSON report.
 */
public final class EvaluationTable {
  private static final List<Metric> SHOWN =
      List.of(
          Metric.NDCG_AT_10,
          Metric.CONDENSED_NDCG_AT_10,
          Metric.RECALL_AT_100,
          Metric.RECIPROCAL_RANK);
  private static final List<Metric> SHORT =
      List.of(Metric.NDCG_AT_100, Metric.COVERAGE, Metric.RETRIEVAL_GAIN, Metric.NULL_RATE);

  private static final List<Stratum> STRATA =
      List.of(Stratum.ALL, Stratum.MISSPELT, Stratum.OTHER, Stratum.FEW_RESULTS);

  private EvaluationTable() {}

  /** The tables of a report, one below the other. */
  public static String of(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    Set<String> known = new TreeSet<>();
    report.policies().forEach(policy -> known.addAll(policy.strata().keySet()));
    for (Stratum stratum : STRATA) {
      if (known.contains(stratum.key())) {
        text.append(stratum(report, stratum)).append('\n');
      }
    }
    return text.append(rewriting(report)).toString();
  }

  private static String stratum(EvaluationReport report, Stratum stratum) {
    StringBuilder text = new StringBuilder();
    text.append("%s (%d queries)%n%n".formatted(stratum.key(), queries(report, stratum)));
    text.append("| policy | mode |");
    SHOWN.forEach(metric -> text.append(" ").append(metric.title()).append(" |"));
    SHORT.forEach(metric -> text.append(" ").append(metric.title()).append(" |"));
    text.append(" relevance gain |\n|---|---|");
    text.append("---|".repeat(SHOWN.size() + SHORT.size() + 1)).append('\n');
    for (PolicyFigures policy : report.policies()) {
      Retrieval found = policy.strata().get(stratum.key());
      if (found != null) {
        text.append("| %s | %s |".formatted(policy.policy(), mode(policy)));
        SHOWN.forEach(metric -> text.append(" ").append(compared(found, metric)).append(" |"));
        SHORT.forEach(metric -> text.append(" ").append(plain(found, metric)).append(" |"));
        text.append(" ").append(found.relevanceGain().signedText(4)).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String rewriting(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    text.append("rewriting\n\n| policy | mode | valid | unchanged | over-corrected | words |");
    text.append(
        " rewrite ms p50 / p99 | search ms p50 / p99 |\n|---|---|---|---|---|---|---|---|\n");
    for (PolicyFigures policy : report.policies()) {
      PolicyFigures.Rewriting style = policy.rewriting();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.3f | %.3f | %.3f | %.2f | %s | %s |%n",
              policy.policy(),
              mode(policy),
              style.validity(),
              style.unchanged(),
              style.overCorrection(),
              style.words(),
              latency(style.rewriteMs()),
              latency(style.searchMs())));
    }
    return text.toString();
  }

  private static String latency(@Nullable Latency found) {
    return found == null
        ? "-"
        : String.format(Locale.ROOT, "%.2f / %.2f", found.p50(), found.p99());
  }

  private static int queries(EvaluationReport report, Stratum stratum) {
    return report.policies().stream()
        .map(policy -> policy.strata().get(stratum.key()))
        .mapToInt(found -> found == null ? 0 : found.queries())
        .max()
        .orElse(0);
  }

  private static String mode(PolicyFigures policy) {
    return policy.mode().name().toLowerCase(Locale.ROOT);
  }

  private static String compared(Retrieval found, Metric metric) {
    Figure figure = found.metrics().get(metric.key());
    return figure == null
        ? "-"
        : String.format(
            Locale.ROOT, "%.4f (%s)", figure.value(), figure.toIdentity().signedText(4));
  }

  private static String plain(Retrieval found, Metric metric) {
    Figure figure = found.metrics().get(metric.key());
    return figure == null ? "-" : String.format(Locale.ROOT, "%.4f", figure.value());
  }
}
