package io.searchloop.app.fleet;

import io.searchloop.app.report.LoopReport;
import io.searchloop.app.simulation.Population;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.policy.signing.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs the loop as processes through a storm of faults, lets it come to rest, and asks the topics
 * whether every promise held. Runs on the caller's thread.
 */
public final class ChaosRun {
  private static final Duration PATIENCE_OF_SHOPPERS = Duration.ofSeconds(3);
  private static final int LAST_CHECKPOINTS = 3;

  private final ChaosPlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final FleetLaunch launch;

  /**
   * @param directory empty folder for data and logs
   * @param progress told what happens, for a person
   */
  public ChaosRun(ChaosPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
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
  public ChaosReport call(List<String> command) {
    Instant started = clock.instant();
    TrustedKeys trusted = launch.makeKeys();
    launch.trainWarmStart();
    try (Fleet fleet = new Fleet(launch.files(), plan.workers(), Fleet.STARTS_FAST)) {
      launch.start(fleet);
      SeveralWorkers workers = new SeveralWorkers(fleet.storefronts(), PATIENCE_OF_SHOPPERS);
      List<ChaosReport.FaultRecord> faults = storm(fleet, workers);
      return report(command, started, fleet, workers, faults, trusted);
    }
  }

  /** Shoppers come, faults happen; in the end all is mended and the last shopper is gone. */
  private List<ChaosReport.FaultRecord> storm(Fleet fleet, SeveralWorkers workers) {
    RandomGenerator random = new SplittableRandom(plan.seed());
    progress.accept("Shoppers are in.");
    try (Population shoppers = launch.shoppers(workers)) {
      shoppers.start();
      Instant began = clock.instant();
      Troubles troubles = new Troubles(fleet.components(), random, plan.pace(), began);
      while (clock.instant().isBefore(began.plus(plan.duration()))) {
        troubles.move(clock.instant()).ifPresent(fault -> tell(fault, troubles, workers));
        LockSupport.parkNanos(FleetLaunch.MOMENT.toNanos());
      }
      progress.accept("No more faults.");
      launch.await(
          "components in trouble",
          () -> {
            troubles.tend(clock.instant());
            return troubles.open().isEmpty() && fleet.ready(fleet.components().size());
          });
      shoppers.close();
      int seen = fleet.keeper().checkpoints(RewardJob.NAME);
      launch.await(
          "checkpoints of the last events",
          () -> fleet.keeper().checkpoints(RewardJob.NAME) >= seen + LAST_CHECKPOINTS);
      return troubles.past();
    }
  }

  private void tell(Fault fault, Troubles troubles, SeveralWorkers workers) {
    progress.accept(
        "%4d  %-14s %-10s %4.1f s   %,d searches, %d failed"
            .formatted(
                troubles.past().size() + troubles.open().size(),
                fault.component().name(),
                fault.kind().label(),
                fault.lasts().toMillis() / 1e3,
                workers.searches(),
                workers.failed()));
  }

  private ChaosReport report(
      List<String> command,
      Instant started,
      Fleet fleet,
      SeveralWorkers workers,
      List<ChaosReport.FaultRecord> faults,
      TrustedKeys trusted) {
    progress.accept("Reading the topics for the audit ...");
    Promises promises = Promises.of(fleet, workers, trusted);
    Map<String, Integer> starts = new TreeMap<>();
    Map<String, Double> cpu = new TreeMap<>();
    for (Component component : fleet.components()) {
      starts.put(component.name(), component.process().starts());
      cpu.put(component.name(), component.process().cpu().toMillis() / 1e3);
    }
    List<String> notes = new ArrayList<>();
    if (!fleet.disksCanFill()) {
      notes.add("No disk was filled: this user may not mount file systems in memory.");
    }
    return new ChaosReport(
        command,
        started,
        clock.instant(),
        LoopReport.machineFacts(),
        plan,
        notes,
        faults,
        fleet.keeper().submissions(),
        starts,
        cpu,
        promises);
  }
}
