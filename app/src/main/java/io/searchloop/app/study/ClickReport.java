package io.searchloop.app.study;

import io.searchloop.app.dataset.Problems;
import io.searchloop.app.evaluation.ClickComparison;
import io.searchloop.app.evaluation.ClickFigures;
import io.searchloop.app.evaluation.PolicyFigures.Figure;
import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the click study found.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param weeks beginnings of the weeks judged by, and the end of the last
 * @param leftOut lines of the log that are no clicks on a product of the catalogue, by reason
 * @param problems lines that could not be used, the first of them named
 * @param learnedClicks clicks learned from
 * @param learnedQueries distinct queries among them
 * @param judgedClicks clicks judged by
 * @param arms figures of every way to search
 */
public record ClickReport(
    List<String> command,
    Map<String, String> machine,
    ClickPlan plan,
    List<Instant> weeks,
    Map<String, Long> leftOut,
    Problems problems,
    int learnedClicks,
    int learnedQueries,
    int judgedClicks,
    List<ClickFigures> arms) {
  private static final List<String> TABLES =
      List.of(
          ClickComparison.ALL,
          ClickComparison.SEEN,
          "head",
          "torso",
          "tail",
          ClickComparison.UNSEEN);

  public ClickReport {
    weeks = List.copyOf(weeks);
    arms = List.copyOf(arms);
  }

  /** Tables of a results page, one for each kind of queries. */
  public String table() {
    StringBuilder text = new StringBuilder();
    for (String stratum : TABLES) {
      if (!arms.get(0).strata().containsKey(stratum)) {
        continue;
      }
      ClickFigures.Stratum size = arms.get(0).of(stratum);
      text.append(
          String.format(
              Locale.ROOT,
              "**%s** (%,d clicks, %,d queries)%n%n",
              stratum,
              size.clicks(),
              size.queries()));
      text.append(
          "| arm | MRR@10 | to identity | to typed+spell | to warm start | click in top 10 | to identity |\n");
      text.append("|---|---|---|---|---|---|---|\n");
      arms.forEach(arm -> text.append(row(arm.arm(), arm.of(stratum))));
      text.append('\n');
    }
    return text.toString();
  }

  private static String row(String arm, ClickFigures.Stratum found) {
    Figure rank = found.reciprocalRank();
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %s | %s | %s | %.4f | %s |%n",
        arm,
        rank.value(),
        rank.to(ClickArms.BASELINES.get(0)).signedText(4),
        rank.to(ClickArms.BASELINES.get(1)).signedText(4),
        rank.to(ClickArms.BASELINES.get(2)).signedText(4),
        found.shown().value(),
        found.shown().to(ClickArms.BASELINES.get(0)).signedText(4));
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
