package io.searchloop.app.fleet;

import io.searchloop.app.log.PolicyPruning;
import io.searchloop.app.report.LoopReport;
import io.searchloop.app.simulation.Population;
import io.searchloop.policy.control.ReleaseRetention;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Lets shoppers shop for hours with a fleet that nothing befalls, looks at memory, lag, checkpoints
 * and disks all the while, and ends with a rush. Topics that expire do so within minutes and
 * releases are pruned, as operators do in months. Runs on the caller's thread.
 */
public final class SoakRun {
  private static final Duration PATIENCE_OF_SHOPPERS = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration BEFORE_AND_AFTER = Duration.ofMinutes(1);

  /** Searches a second that watch how a rush comes and goes. */
  private static final double WATCH = 5;

  private static final int LOOKS_BETWEEN_PRUNES = 10;
  private static final int KEPT_RELEASES = 8;

  private final SoakPlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final FleetLaunch launch;

  /**
   * @param directory empty folder for data and logs
   * @param progress told what happens, for a person
   */
  public SoakRun(SoakPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
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
  public SoakReport call(List<String> command) {
    Instant started = clock.instant();
    launch.makeKeys();
    launch.trainWarmStart();
    try (Fleet fleet = new Fleet(launch.files(), 1, Fleet.RUNS_LONG)) {
      launch.start(fleet);
      letTopicsExpire(fleet.brokers());
      SeveralWorkers worker = new SeveralWorkers(fleet.storefronts(), PATIENCE_OF_SHOPPERS);
      try (Population shoppers = launch.shoppers(worker);
          SoakSampler sampler = new SoakSampler(fleet, launch.files(), worker, clock)) {
        shoppers.start();
        progress.accept("Warming up for " + plan.warmUp() + " ...");
        launch.pause(plan.warmUp());
        Instant counted = clock.instant();
        List<SoakSample> samples = soak(fleet, sampler, counted);
        List<RushFigures> rush = plan.times() == 0 ? List.of() : rush(fleet);
        return new SoakReport(
            command,
            started,
            clock.instant(),
            LoopReport.machineFacts(),
            plan,
            samples,
            rush,
            sampler.look(counted),
            fleet.components().stream()
                .collect(Collectors.toMap(Component::name, one -> one.process().starts())));
      }
    }
  }

  /** One look an interval; releases are pruned every ten. */
  private List<SoakSample> soak(Fleet fleet, SoakSampler sampler, Instant counted) {
    List<SoakSample> samples = new ArrayList<>();
    Instant end = counted.plus(plan.duration());
    for (Instant next = counted; !next.isAfter(end); next = next.plus(plan.interval())) {
      launch.pauseUntil(next);
      SoakSample sample = sampler.look(counted);
      samples.add(sample);
      progress.accept(SoakReport.line(sample));
      if (samples.size() % LOOKS_BETWEEN_PRUNES == 0) {
        PolicyPruning.plan(
                fleet.brokers(), fleet.serdes(), new ReleaseRetention(KEPT_RELEASES, Set.of()))
            .execute(fleet.brokers());
      }
    }
    return samples;
  }

  /** A calm minute, the rush, and the minute after; shoppers shop on all the while. */
  private List<RushFigures> rush(Fleet fleet) {
    Rush rush = new Rush(fleet.storefronts(), launch.queries());
    progress.accept("A calm minute, then %d times the searches ...".formatted(plan.times()));
    RushFigures before = RushFigures.of(WATCH, rush.call(WATCH, BEFORE_AND_AFTER), DEADLINE);
    double rate = plan.rate() * plan.times();
    RushFigures during = RushFigures.of(rate, rush.call(rate, plan.rush()), DEADLINE);
    RushFigures after = RushFigures.of(WATCH, rush.call(WATCH, BEFORE_AND_AFTER), DEADLINE);
    return List.of(before, during, after);
  }

  /** Retention within the run, so that its bound is seen. */
  private void letTopicsExpire(Brokers brokers) {
    List<AlterConfigOp> ops =
        Stream.of(
                new ConfigEntry("retention.ms", Long.toString(plan.retention().toMillis())),
                new ConfigEntry("segment.ms", Long.toString(plan.retention().toMillis() / 4)))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    Map<ConfigResource, Collection<AlterConfigOp>> changes =
        Topics.ALL.stream()
            .filter(topic -> topic.retention().byAge())
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic -> ops));
    try (Admin admin = Admin.create(brokers.with(Map.of()))) {
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refuses a retention of " + plan.retention(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while topics were set up", e);
    }
  }
}
