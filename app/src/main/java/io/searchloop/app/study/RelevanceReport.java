package io.searchloop.app.study;

import io.searchloop.app.json.ReportJson;
import io.searchloop.app.relevance.JudgeAgreement;
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
              row.learned().overall().text(4),
              row.learned().withinQuery().text(4),
              row.untrained().overall().text(4),
              row.untrained().withinQuery().text(4)));
    }
    return text.toString();
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
