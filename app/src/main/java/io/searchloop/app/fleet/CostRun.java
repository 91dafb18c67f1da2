package io.searchloop.app.fleet;

import io.searchloop.app.report.LoopReport;
import io.searchloop.app.simulation.Population;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.TopicLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Lets shoppers shop with a fleet that nothing befalls, and divides what its processes used by the
 * searches. CPU time is the system's, by process: compilers and garbage collection are in it,
 * shoppers are not. Runs on the caller's thread.
 */
public final class CostRun {
  private static final Duration PATIENCE_OF_SHOPPERS = Duration.ofSeconds(10);

  private final CostPlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final FleetLaunch launch;

  /**
   * @param directory empty folder for data and logs
   * @param progress told what happens, for a person
   */
  public CostRun(CostPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
    this.launch = new FleetLaunch(directory, plan.settings(), clock, progress);
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   */
  public CostReport call(List<String> command) {
    Instant started = clock.instant();
    launch.makeKeys();
    launch.trainWarmStart();
    try (Fleet fleet = new Fleet(launch.files(), 1, Fleet.RUNS_LONG)) {
      launch.start(fleet);
      SeveralWorkers worker = new SeveralWorkers(fleet.storefronts(), PATIENCE_OF_SHOPPERS);
      try (Population shoppers = launch.shoppers(worker)) {
        shoppers.start();
        progress.accept("Warming up for " + plan.warmUp() + " ...");
        launch.pause(plan.warmUp());
        Meter before = Meter.read(fleet, worker);
        long batchesBefore = minibatches(fleet);
        progress.accept("Measuring for " + plan.duration() + " ...");
        launch.pause(plan.duration());
        Meter after = Meter.read(fleet, worker);
        long searches = Math.max(1, after.searches() - before.searches());
        return new CostReport(
            command,
            started,
            clock.instant(),
            LoopReport.machineFacts(),
            plan,
            after.searches() - before.searches(),
            worker.failed(),
            after.events() - before.events(),
            minibatches(fleet) - batchesBefore,
            cpu(before, after, searches),
            bytes(before, after, searches));
      }
    }
  }

  private static Map<String, Double> cpu(Meter before, Meter after, long searches) {
    Map<String, Double> each = new TreeMap<>();
    after
        .cpu()
        .forEach(
            (name, used) ->
                each.put(
                    name,
                    used.minus(before.cpu().getOrDefault(name, Duration.ZERO)).toNanos()
                        / 1e6
                        / searches));
    return each;
  }

  private static Map<String, Double> bytes(Meter before, Meter after, long searches) {
    Map<String, Double> each = new TreeMap<>();
    after
        .bytes()
        .forEach(
            (topic, size) ->
                each.put(
                    topic, (size - before.bytes().getOrDefault(topic, 0L)) / (double) searches));
    return each;
  }

  private static long minibatches(Fleet fleet) {
    AtomicLong count = new AtomicLong();
    try (TopicLog<Minibatch> log =
        new TopicLog<>(Topics.MINIBATCHES, fleet.brokers(), fleet.serdes())) {
      log.toEnd(located -> count.incrementAndGet());
    }
    return count.get();
  }
}
