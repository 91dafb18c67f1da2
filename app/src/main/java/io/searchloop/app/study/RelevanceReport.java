package io.searchloop.app.study;

import io.searchloop.app.json.ReportJson;
import io.searchloop.app.relevance.JudgeAgreement;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the relevance study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param rows a model each
 */
public record RelevanceReport(List<String> command, Map<String, String> machine, List<Row> rows) {
  public RelevanceReport {
    rows = List.copyOf(rows);
  }

  /** Table of a results page. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| split | judgments | unjudged | trees | weight | AUC | AUC within a query | BM25 | BM25 within a query |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %d | %d | %.0f | %s | %s | %s | %s |%n",
              row.seed(),
              row.judgments(),
              row.unjudged(),
              row.trees(),
              row.weight(),
              shown(row.learned().overall()),
              shown(row.learned().withinQuery()),
              shown(row.untrained().overall()),
              shown(row.untrained().withinQuery())));
    }
    return text.toString();
  }

  private static String shown(Interval found) {
    return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", found.mean(), found.low(), found.high());
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }

  /**
   * One model on test queries.
   *
   * @param seed of split and trees
   * @param judgments grades learned from
   * @param unjudged sampled products without grade
   * @param trees rounds of boosting
   * @param weight beside BM25, tuned on dev queries
   * @param learned agreement of the model
   * @param untrained agreement of BM25 over the corrected query
   */
  public record Row(
      long seed,
      int judgments,
      int unjudged,
      int trees,
      double weight,
      JudgeAgreement learned,
      JudgeAgreement untrained) {}
}
