package io.searchloop.app.fleet;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.launcher.Groundwork;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.simulation.Population;
import io.searchloop.app.simulation.ScheduledTimeline;
import io.searchloop.app.simulation.StorefrontClient;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What must be there before a fleet runs, and its start: keys, a warm start, topics, a catalogue.
 */
final class FleetLaunch {
  static final Duration MOMENT = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BROKER_AND_REGISTRY = 2;

  private final InstantSource clock;
  private final Consumer<String> progress;
  private final FleetFiles files;
  private final LoopSettings settings;
  private final Dataset shop;

  /**
   * @param directory empty folder for data and logs
   * @param values settings of the loop
   * @param progress told what happens, for a person
   */
  FleetLaunch(
      Path directory, Map<String, String> values, InstantSource clock, Consumer<String> progress) {
    this.clock = clock;
    this.progress = progress;
    this.files = new FleetFiles(directory.toAbsolutePath(), values);
    this.settings = LoopSettings.of(values, false);
    this.shop = GeneratedMarketplace.generate(settings.marketplace());
  }

  FleetFiles files() {
    return files;
  }

  /** Makes a key for the trainer; workers trust no other. */
  TrustedKeys makeKeys() {
    try {
      SigningKey key = SigningKey.generate(new SecureRandom());
      key.write(files.signingKey());
      TrustedKeys.append(files.trustedKeys(), key.trusted().named("of this run"));
      return TrustedKeys.read(files.trustedKeys());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains what the trainer process begins with. */
  void trainWarmStart() {
    progress.accept("Training a warm start ...");
    try (WarmStart trained =
        new SupervisedWarmStart(settings.warmStart(), clock)
            .train(TrainingText.of(shop), ignored -> {})) {
      new WarmStartDirectory(files.warmStart()).write(trained);
    }
  }

  /** Starts everything and waits until all of it does its work. */
  void start(Fleet fleet) {
    start(
        fleet,
        () -> {
          layTopics(fleet);
          new Groundwork(fleet.brokers(), fleet.serdes()).publish(shop, settings.reward());
        });
  }

  /**
   * Creates topics that are missing, and registers this version's schemas.
   *
   * @return differences between topics and what this version needs
   */
  List<String> layTopics(Fleet fleet) {
    return new Groundwork(fleet.brokers(), fleet.serdes()).layTopics(settings.loop().partitions());
  }

  /**
   * Starts everything and waits until all of it does its work.
   *
   * @param groundwork lays topics and publishes the catalogue, once there is Kafka
   */
  void start(Fleet fleet, Runnable groundwork) {
    progress.accept("Starting broker and registry ...");
    fleet.startPlatform();
    await("broker and registry", () -> fleet.ready(BROKER_AND_REGISTRY));
    groundwork.run();
    progress.accept("Starting Flink, trainer and workers ...");
    fleet.startAll();
    await("all processes", () -> fleet.ready(fleet.components().size()));
  }

  /** What people type in this shop. */
  List<String> queries() {
    return shop.queries().stream().map(JudgedQuery::text).toList();
  }

  /** Shoppers of this shop, who have not come yet. */
  Population shoppers(StorefrontClient door) {
    return new Population(
        shop,
        door,
        settings.shoppers(),
        new ScheduledTimeline(clock, settings.shoppers().threads()));
  }

  /**
   * Waits.
   *
   * @param what for, for a person
   * @throws IllegalStateException when it does not come true in five minutes
   */
  void await(String what, BooleanSupplier condition) {
    Instant deadline = clock.instant().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (clock.instant().isAfter(deadline)) {
        throw new IllegalStateException(
            "Waited %s for %s in vain. See the logs in %s."
                .formatted(PATIENCE, what, files.logs()));
      }
      LockSupport.parkNanos(MOMENT.toNanos());
    }
  }

  /** Lets time pass while a fleet works. */
  void pause(Duration duration) {
    pauseUntil(clock.instant().plus(duration));
  }

  void pauseUntil(Instant moment) {
    while (clock.instant().isBefore(moment)) {
      LockSupport.parkNanos(MOMENT.toNanos());
    }
  }
}
