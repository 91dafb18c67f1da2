package io.searchloop.app.study;

import io.searchloop.app.json.ReportJson;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the online study found.
 *
 * @param label that shoppers were simulated
 * @param command the command line
 * @param machine processors, memory, Java
 * @param plan what was run
 * @param outcomes a run each
 */
public record OnlineReport(
    String label,
    List<String> command,
    Map<String, String> machine,
    OnlinePlan plan,
    List<OnlineOutcome> outcomes) {
  public OnlineReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Tables of a results page: rewards that the loop attributed, and worths free of chance. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| scenario | seed | searches | failed | policy - identity | policy - warm start | audit |\n|---|---|---|---|---|---|---|\n");
    for (OnlineOutcome one : outcomes) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %s | %s | %s |%n",
              one.scenario(),
              one.seed(),
              one.searches(),
              one.failed(),
              shown(one.lastThird().policyMinusIdentity()),
              shown(one.lastThird().policyMinusReference()),
              one.violations().isEmpty() ? "clean" : one.violations().size() + " violations"));
    }
    text.append(
        "\n| scenario | seed | typed | typed+spell | synonyms+spell | warm start | last version | oracle of the fixed | ideal pages | regret to best fixed | to oracle |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (OnlineOutcome one : outcomes) {
      Map<String, Double> fixed = one.after().fixed();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
              one.scenario(),
              one.seed(),
              fixed.get("identity"),
              fixed.get("typed+spell"),
              fixed.get("synonyms+spell"),
              fixed.get("warm-start"),
              one.lastWorth(),
              one.after().oracle(),
              one.after().ideal(),
              one.regret(Yardsticks::bestFixed),
              one.regret(Yardsticks::oracle)));
    }
    return text.toString();
  }

  /** Draws worths and regrets of each seed, as PNG. */
  public void draw(Path folder) {
    new OnlineCharts(outcomes).write(folder);
  }

  /** Writes the report. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }

  private static String shown(Optional<Interval> interval) {
    return interval.map(i -> i.text(3)).orElse("too few searches");
  }
}
