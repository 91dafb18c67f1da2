package io.searchloop.app.launcher;

import io.searchloop.app.report.FigureWords;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.KafkaTrainer;
import io.searchloop.trainer.Trainer;
import io.searchloop.trainer.TrainerStatus;
import io.searchloop.trainer.metrics.MetricsConfig;
import io.searchloop.trainer.metrics.MetricsServer;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import io.searchloop.trainer.warmstart.WarmStartProgress;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The trainer on a thread of its own, beginning with the warm start: read from the cache, or
 * trained on the caller's thread first.
 */
final class EmbeddedTrainer implements AutoCloseable {
  private final WarmStart warmStart;
  private final Trainer trainer;
  private final Thread thread;
  private final MetricsServer metrics;

  private EmbeddedTrainer(
      WarmStart warmStart, Trainer trainer, Thread thread, MetricsServer metrics) {
    this.warmStart = warmStart;
    this.trainer = trainer;
    this.thread = thread;
    this.metrics = metrics;
  }

  /** The trainer's part of a data directory. */
  static Path directory(Path dataDirectory) {
    return dataDirectory.resolve("trainer");
  }

  /** Where its checkpoints are. */
  static Path checkpoints(Path directory) {
    return directory.resolve("checkpoints");
  }

  /** Where the warm start of a loop is that began with an imported policy. */
  static Path ownWarmStart(Path directory) {
    return directory.resolve("warm-start");
  }

  /**
   * @param directory checkpoints
   * @param warmStarts cache of warm starts, shared by runs on the same text and configuration
   * @param signer vouches for what is released
   * @param text what the warm start may read
   * @param golden judged queries for the release gate
   */
  static EmbeddedTrainer start(
      Path directory,
      Path warmStarts,
      LoopSettings settings,
      ReleaseSigner signer,
      WarmStartText text,
      GoldenSet golden,
      Brokers bootstrapServers,
      Serdes serdes,
      InstantSource clock,
      Consumer<String> stages) {
    Ports.claim(settings.trainerMetrics().port(), "trainer's metrics", "--trainer.metrics.port");
    WarmStart warmStart =
        new WarmStartDirectory(ownWarmStart(directory))
            .read()
            .orElseGet(() -> loadOrTrain(warmStarts, settings, text, clock, stages));
    stages.accept("Warm start: " + FigureWords.of(warmStart.figures()));
    Trainer trainer =
        KafkaTrainer.connect(
            bootstrapServers,
            serdes,
            settings.trainer(),
            settings.gate(),
            signer,
            warmStart,
            checkpoints(directory),
            golden,
            clock);
    MetricsServer metrics = metrics(settings.trainerMetrics(), trainer, warmStart);
    Thread thread = trainer.thread();
    thread.start();
    stages.accept(
        "Trainer metrics: http://"
            + settings.trainerMetrics().host()
            + ":"
            + metrics.port()
            + "/metrics");
    return new EmbeddedTrainer(warmStart, trainer, thread, metrics);
  }

  private static MetricsServer metrics(MetricsConfig config, Trainer trainer, WarmStart warmStart) {
    try {
      return MetricsServer.start(config, trainer.metrics(), trainer::live);
    } catch (RuntimeException e) {
      trainer.close();
      warmStart.close();
      throw e;
    }
  }

  private static WarmStart loadOrTrain(
      Path warmStarts,
      LoopSettings settings,
      WarmStartText text,
      InstantSource clock,
      Consumer<String> stages) {
    stages.accept("Warm start (trained once, then cached in " + warmStarts + ") ...");
    return new SupervisedWarmStart(settings.warmStart(), clock)
        .loadOrTrain(warmStarts, text, progress -> tell(progress, stages));
  }

  /** Speaks when held-out figures were measured, about every quarter of the way. */
  private static void tell(WarmStartProgress progress, Consumer<String> stages) {
    if (!progress.heldOut().isEmpty()) {
      stages.accept(
          String.format(
              Locale.ROOT,
              "  %3.0f %%  step %d, loss %.3f, %.0f sequences/s, held out: %s",
              100 * progress.share(),
              progress.step(),
              progress.loss(),
              progress.sequencesPerSecond(),
              FigureWords.of(progress.heldOut())));
    }
  }

  int metricsPort() {
    return metrics.port();
  }

  TrainerStatus status() {
    return trainer.status();
  }

  @Override
  public void close() throws InterruptedException {
    trainer.close();
    thread.join();
    metrics.close();
    warmStart.close();
  }
}
