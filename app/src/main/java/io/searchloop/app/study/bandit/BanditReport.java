package io.searchloop.app.study.bandit;

import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the bandit study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param seeds figures of each seed
 */
public record BanditReport(
    List<String> command, Map<String, String> machine, BanditPlan plan, List<SeedFigures> seeds) {

  public BanditReport {
    seeds = List.copyOf(seeds);
  }

  /** Tables of the results page. */
  public String table() {
    return new BanditTables(this).text();
  }

  /** Writes {@code report.json} and the charts. */
  public void write(Path folder) {
    ReportJson.write(folder.resolve("report.json"), this);
    new BanditCharts(this).write(folder);
  }
}
