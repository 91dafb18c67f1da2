package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.trainer.checkpoint.ResumePoint;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts steps, reports, and knows when the budget is used. */
final class TrainingRun {
  private static final int REPORTS = 100;
  private static final int JUDGEMENTS = 4;

  private final WarmStartConfig config;
  private final InstantSource clock;
  private final WarmStart warmStart;
  private final HeldOut heldOut;
  private final ContextSource contexts;
  private final Consumer<WarmStartProgress> progress;
  private long startedAt;
  private double losses;
  private int lossesSinceReport;
  private int steps;
  private int reports;

  TrainingRun(
      WarmStartConfig config,
      InstantSource clock,
      WarmStart warmStart,
      HeldOut heldOut,
      ContextSource contexts,
      Consumer<WarmStartProgress> progress) {
    this.config = config;
    this.clock = clock;
    this.warmStart = warmStart;
    this.heldOut = heldOut;
    this.contexts = contexts;
    this.progress = progress;
    this.startedAt = clock.millis();
  }

  /** Share of the budget used; the run is over at one. */
  double share() {
    double used =
        config.steps() > 0
            ? steps / (double) config.steps()
            : elapsedMillis() / (double) config.budget().toMillis();
    return Math.min(1, used);
  }

  /** Goes on where an interrupted run stood. */
  void resume(ResumePoint point) {
    steps = Math.toIntExact(point.step());
    startedAt = clock.millis() - point.elapsedMillis();
    reports = (int) (share() * REPORTS);
  }

  int steps() {
    return steps;
  }

  void advance(double loss) {
    steps++;
    losses += loss;
    lossesSinceReport++;
    int due = (int) (share() * REPORTS);
    if (due > reports && due < REPORTS) {
      boolean judge = due * JUDGEMENTS / REPORTS > reports * JUDGEMENTS / REPORTS;
      reports = due;
      report(judge ? judge() : Map.of());
    }
  }

  /** Final figures, reported too. */
  Map<String, Double> finish() {
    Map<String, Double> figures = new TreeMap<>(judge());
    figures.put("loss", lossesSinceReport == 0 ? 0 : losses / lossesSinceReport);
    figures.put("steps", (double) steps);
    figures.put("sequences_per_second", sequencesPerSecond());
    report(figures);
    return figures;
  }

  private Map<String, Double> judge() {
    return heldOut.judge(
        warmStart.artifact(warmStart.network()), warmStart.network().config(), contexts);
  }

  private void report(Map<String, Double> figures) {
    double loss = lossesSinceReport == 0 ? 0 : losses / lossesSinceReport;
    progress.accept(new WarmStartProgress(steps, share(), loss, sequencesPerSecond(), figures));
    losses = 0;
    lossesSinceReport = 0;
  }

  private double sequencesPerSecond() {
    return 1000.0 * steps * config.batch() / Math.max(1, elapsedMillis());
  }

  long elapsedMillis() {
    return clock.millis() - startedAt;
  }
}
