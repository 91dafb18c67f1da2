package io.searchloop.app.bench.freshness;

import io.searchloop.app.bench.Latency;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.report.LoopReport;
import io.searchloop.trainer.TrainerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs the whole loop with simulated shoppers, watches its topics as any reader would, and follows
 * each click through them to the first decision of a policy that learned from it.
 */
public final class FreshnessBench {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final FreshnessPlan plan;
  private final Path directory;
  private final Path warmStarts;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param directory empty folder for the loop's state
   * @param warmStarts cache of warm starts
   * @param progress told what happens, for a person
   */
  public FreshnessBench(
      FreshnessPlan plan,
      Path directory,
      Path warmStarts,
      InstantSource clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.warmStarts = warmStarts;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when no click was followed to its end
   */
  public FreshnessReport call(List<String> command) {
    Instant started = clock.instant();
    LoopSettings settings = LoopSettings.of(plan.settings(), false);
    FreshnessTrail trail =
        new FreshnessTrail(settings.reward().shortWindow(), settings.reward().lateness());
    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory,
            warmStarts,
            settings,
            GeneratedMarketplace.generate(settings.marketplace()),
            clock,
            progress)) {
      loop.openShop();
      progress.accept("Shoppers are in; warming up for " + plan.warmUp() + " ...");
      await(loop, plan.warmUp());
      try (VisibleRecords records =
          new VisibleRecords(loop.bootstrapServers(), loop.serdes(), clock)) {
        trail.follow(records);
        records.start();
        progress.accept("Noting clicks for " + plan.duration() + " ...");
        await(loop, plan.duration());
      }
      loop.closeShop();
    }
    return report(command, started, trail);
  }

  private void await(EmbeddedLoop loop, Duration duration) {
    Instant end = clock.instant().plus(duration);
    while (clock.instant().isBefore(end)) {
      LockSupport.parkNanos(LOOK.toNanos());
      if (loop.trainer().phase() == TrainerStatus.Phase.FAILED) {
        throw new IllegalStateException("The trainer stopped: " + loop.trainer().problem());
      }
    }
  }

  private FreshnessReport report(List<String> command, Instant started, FreshnessTrail trail) {
    List<FreshnessJourney> journeys = trail.journeys();
    if (journeys.isEmpty()) {
      throw new IllegalStateException(
          "None of %d clicks was followed to a decision within %s. Run longer: --minutes."
              .formatted(trail.clicks(), plan.duration()));
    }
    Map<FreshnessStage, Latency> stages = new EnumMap<>(FreshnessStage.class);
    for (FreshnessStage stage : FreshnessStage.values()) {
      stages.put(stage, Latency.of(journeys.stream().map(way -> way.stages().get(stage)).toList()));
    }
    return new FreshnessReport(
        command,
        LoopReport.SIMULATED,
        started,
        clock.instant(),
        LoopReport.machineFacts(),
        plan,
        trail.clicks(),
        trail.rewarded(),
        journeys.size(),
        trail.releases(),
        stages,
        Latency.of(journeys.stream().map(FreshnessJourney::machinery).toList()),
        Latency.of(journeys.stream().map(FreshnessJourney::total).toList()));
  }
}
