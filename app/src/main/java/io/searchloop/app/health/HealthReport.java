package io.searchloop.app.health;

import io.searchloop.app.bench.BenchReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the rules did to each kind of release.
 *
 * @param command the command line
 * @param data what the figures rest on
 * @param started when
 * @param finished when
 * @param plan what was asked for
 * @param scenarios in the plan's order
 */
public record HealthReport(
    List<String> command,
    String data,
    Instant started,
    Instant finished,
    HealthPlan plan,
    List<ScenarioFigures> scenarios)
    implements BenchReport {
  private static final double MOST_FALSE = .05;

  public HealthReport {
    command = List.copyOf(command);
    scenarios = List.copyOf(scenarios);
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    lines.add("Simulated visitors; one look after every " + plan.rules().stratumVisitors() + ".");
    for (ScenarioFigures figures : scenarios) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %s",
              figures.scenario().name(),
              kept(figures) ? conclusion(figures) : "NOT AS PROMISED. " + figures.line()));
    }
    return lines;
  }

  /** Whether every kind of release met the end it should. */
  @Override
  public boolean met() {
    return scenarios.stream().allMatch(HealthReport::kept);
  }

  private static boolean kept(ScenarioFigures figures) {
    Scenario scenario = figures.scenario();
    if (scenario.visitorLoss() > 0) {
      return figures.promoted() == 0 && figures.held() > 0;
    }
    if (scenario.worse()) {
      return figures.promoted() <= MOST_FALSE * figures.runs() && figures.rolledBack() > 0;
    }
    return figures.alarmed() <= MOST_FALSE;
  }

  private static String conclusion(ScenarioFigures figures) {
    Scenario scenario = figures.scenario();
    if (scenario.visitorLoss() > 0) {
      return String.format(
          Locale.ROOT,
          "%d of %d held, none promoted; median after %,d impressions, p90 %,d.",
          figures.held(),
          figures.runs(),
          figures.impressionsMedian(),
          figures.impressionsP90());
    }
    if (scenario.worse()) {
      return String.format(
          Locale.ROOT,
          "%d of %d rolled back, %d promoted, %d undecided; median after %,d impressions (%,d of the"
              + " candidate), p90 %,d (%,d).",
          figures.rolledBack(),
          figures.runs(),
          figures.promoted(),
          figures.undecided(),
          figures.impressionsMedian(),
          figures.candidateMedian(),
          figures.impressionsP90(),
          figures.candidateP90());
    }
    return String.format(
        Locale.ROOT,
        "%.1f %% false alarms and holds [%.1f, %.1f]; a test for a single look %.1f %%; %d promoted.",
        100 * figures.alarmed(),
        100 * figures.alarmedLow(),
        100 * figures.alarmedHigh(),
        100.0 * figures.naive() / figures.runs(),
        figures.promoted());
  }
}
