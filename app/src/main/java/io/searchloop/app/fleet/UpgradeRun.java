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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the loop in an older version, replaces its processes one after another by this version while
 * shoppers shop, and asks the topics whether every promise held. In between versions are mixed:
 * newer jobs read what older workers write, older trainers what newer jobs write. Flink's processes
 * come together, since tasks are sent from one to the other as serialised objects; jobs go on from
 * their newest checkpoint. Runs on the caller's thread.
 */
public final class UpgradeRun {
  private static final Duration PATIENCE_OF_SHOPPERS = Duration.ofSeconds(3);
  private static final int LAST_CHECKPOINTS = 3;
  private static final String COMMAND_LINE = "io.searchloop.app.cli.Main";
  private static final String FLINK = "(job|task)manager.*";

  private final UpgradePlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final FleetLaunch launch;

  /**
   * @param directory empty folder for data and logs
   * @param progress told what happens, for a person
   */
  public UpgradeRun(
      UpgradePlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
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
  public UpgradeReport call(List<String> command) {
    Instant started = clock.instant();
    TrustedKeys trusted = launch.makeKeys();
    launch.trainWarmStart();
    try (Fleet fleet = new Fleet(launch.files(), plan.workers(), Fleet.STARTS_FAST)) {
      fleet.components().forEach(one -> one.process().use(plan.olderClassPath()));
      launch.start(fleet, () -> layOlderGround(fleet));
      SeveralWorkers workers = new SeveralWorkers(fleet.storefronts(), PATIENCE_OF_SHOPPERS);
      List<UpgradeReport.Step> steps = upgrade(fleet, workers);
      progress.accept("Reading the topics for the audit ...");
      return new UpgradeReport(
          command,
          started,
          clock.instant(),
          LoopReport.machineFacts(),
          plan,
          steps,
          Promises.of(fleet, workers, trusted));
    }
  }

  /** Topics, schemas and catalogue as the older version lays them. */
  private void layOlderGround(Fleet fleet) {
    List<String> arguments =
        new ArrayList<>(List.of("init", "--bootstrap", fleet.brokers().addresses(), "--registry"));
    arguments.add(fleet.serdes().registryUrl());
    plan.settings().forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    try (LoopProcess init =
        LoopProcess.of(
            "init",
            "512m",
            Fleet.STARTS_FAST,
            COMMAND_LINE,
            arguments,
            Map.of(),
            launch.files().logs())) {
      init.use(plan.olderClassPath());
      init.start();
      launch.await("the older version's `init`", () -> !init.alive());
    }
  }

  private List<UpgradeReport.Step> upgrade(Fleet fleet, SeveralWorkers workers) {
    List<UpgradeReport.Step> steps = new ArrayList<>();
    try (Population shoppers = launch.shoppers(workers)) {
      shoppers.start();
      progress.accept("Shoppers are in; everything is of the older version.");
      launch.pause(plan.between());
      launch.layTopics(fleet).forEach(progress);
      for (Map.Entry<String, List<Component>> together : inOrder(fleet).entrySet()) {
        steps.add(replace(together.getKey(), together.getValue(), fleet));
        launch.pause(plan.between());
      }
      shoppers.close();
      int seen = fleet.keeper().checkpoints(RewardJob.NAME);
      launch.await(
          "checkpoints of the last events",
          () -> fleet.keeper().checkpoints(RewardJob.NAME) >= seen + LAST_CHECKPOINTS);
    }
    return steps;
  }

  /** What is replaced together, in the fleet's order: broker, registry, Flink, trainer, workers. */
  private static Map<String, List<Component>> inOrder(Fleet fleet) {
    return fleet.components().stream()
        .collect(
            Collectors.groupingBy(
                one -> one.name().matches(FLINK) ? "flink" : one.name(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private UpgradeReport.Step replace(String name, List<Component> components, Fleet fleet) {
    Instant began = clock.instant();
    components.forEach(one -> one.process().close());
    components.forEach(one -> one.process().use(System.getProperty("java.class.path")));
    components.forEach(one -> one.process().start());
    launch.await(name + " of this version", () -> fleet.ready(fleet.components().size()));
    Duration took = Duration.between(began, clock.instant());
    progress.accept("%-10s is of this version after %.1f s".formatted(name, took.toMillis() / 1e3));
    return new UpgradeReport.Step(name, took.toMillis());
  }
}
