package io.searchloop.app.train;

import io.searchloop.app.report.FigureWords;
import io.searchloop.trainer.offline.CurvePoint;
import io.searchloop.trainer.offline.OfflineConfig;
import io.searchloop.trainer.warmstart.WarmStartProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Says how training goes, a line every ten seconds and one for each judgement. */
final class TrainProgress {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final PrintStream out;
  private final InstantSource clock;
  private final OfflineConfig offline;
  private Instant lastLine;
  private Instant lastStep;
  private double secondsPerStep;

  TrainProgress(PrintStream out, InstantSource clock, OfflineConfig offline) {
    this.out = out;
    this.clock = clock;
    this.offline = offline;
    this.lastLine = clock.instant();
    this.lastStep = clock.instant();
  }

  void stage(String text) {
    out.println(text);
    lastLine = clock.instant();
    lastStep = clock.instant();
  }

  void warmStart(WarmStartProgress progress) {
    if (due() || !progress.heldOut().isEmpty()) {
      line(
          "  warm start %3.0f %%  step %d  loss %.3f  %.0f sequences/s%s",
          100 * progress.share(),
          progress.step(),
          progress.loss(),
          progress.sequencesPerSecond(),
          progress.heldOut().isEmpty() ? "" : "  held out " + FigureWords.of(progress.heldOut()));
    }
  }

  void step(CurvePoint point) {
    Instant now = clock.instant();
    double seconds = Duration.between(lastStep, now).toMillis() / 1000.0;
    secondsPerStep = secondsPerStep == 0 ? seconds : .9 * secondsPerStep + .1 * seconds;
    lastStep = now;
    if (due() || !point.validation().isEmpty()) {
      line(
          "  step %d%s  reward %.3f (as typed %.3f)  valid %.3f  KL %.4f  entropy %.3f  flat %.2f"
              + "  %.1f s/step%s%s",
          point.step(),
          offline.steps() > 0 ? " of " + offline.steps() : "",
          figure(point, "reward"),
          figure(point, "identity_reward"),
          figure(point, "validity"),
          figure(point, "reference_kl"),
          figure(point, "entropy"),
          figure(point, "flat_groups"),
          secondsPerStep,
          remaining(point.step()),
          point.refused().isEmpty() ? "" : "  refused: " + point.refused());
      if (!point.validation().isEmpty()) {
        line("  validation at step %d: %s", point.step(), FigureWords.of(point.validation()));
      }
    }
  }

  private String remaining(long step) {
    if (offline.steps() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT, "  %.0f min left", (offline.steps() - step) * secondsPerStep / 60);
  }

  private boolean due() {
    return !clock.instant().isBefore(lastLine.plus(PAUSE));
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    lastLine = clock.instant();
  }

  private static double figure(CurvePoint point, String name) {
    return point.figures().getOrDefault(name, Double.NaN);
  }
}
