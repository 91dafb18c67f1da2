package io.searchloop.app.study;

import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the validity study found.
 *
 * @param dataset name of the dataset
 * @param heldOut test queries that validity was measured on
 * @param plan what was run
 * @param rows three starts for each seed
 * @param seconds wall time of all
 */
public record ValidityReport(
    String dataset, int heldOut, ValidityPlan plan, List<ValidityRow> rows, long seconds) {
  static final double LEAST_VALIDITY = .99;

  public ValidityReport {
    rows = List.copyOf(rows);
  }

  /** Whether every warm start is valid as served, and no cold one is after GRPO. */
  public boolean confirmed() {
    return rows.stream()
        .allMatch(
            row ->
                switch (row.start()) {
                  case "warm" -> row.servedValidity() >= LEAST_VALIDITY;
                  case "cold" -> row.freeValidityAfter() < .5;
                  default -> true;
                });
  }

  /** The table of a results page. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| start | seed | supervised steps | valid as served | valid, free | after GRPO, free | reward | flat groups | refused steps |\n");
    table.append("|---|---|---|---|---|---|---|---|---|\n");
    for (ValidityRow row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.1f %% | %.1f %% | %.1f %% | %.3f to %.3f | %.0f %% | %d |%n",
              row.start(),
              row.seed(),
              row.supervisedSteps(),
              100 * row.servedValidity(),
              100 * row.freeValidity(),
              100 * row.freeValidityAfter(),
              row.rewardBefore(),
              row.rewardAfter(),
              100 * row.flatShare(),
              row.refusedSteps()));
    }
    return table.toString();
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
