package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.Latency;
import io.searchloop.app.bench.SampledMinibatches;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.report.LoopReport;
import io.searchloop.schemas.ControlAction;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Rolls back again and again, between two releases, and takes the time until the last of several
 * worker processes serves the one that was named; then once more while a transaction is held open,
 * as by a halted job.
 */
public final class RollbackBench {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RollbackPlan plan;
  private final Path directory;
  private final Path warmStarts;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final List<Duration> each = new ArrayList<>();

  /**
   * @param directory empty folder for topics, checkpoints and logs
   * @param warmStarts cache of warm starts
   * @param progress told what happens, for a person
   */
  public RollbackBench(
      RollbackPlan plan,
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
   */
  public RollbackReport call(List<String> command) {
    Instant started = clock.instant();
    try (ServingPlatform platform = new ServingPlatform(directory, clock);
        WarmStart policy = policy()) {
      long[] versions = {platform.release(policy, Map.of()), platform.release(policy, Map.of())};
      platform.decide(ControlAction.PROMOTE, versions[1]);
      List<WorkerProcess> workers = new ArrayList<>();
      try {
        for (int i = 0; i < plan.workers(); i++) {
          workers.add(platform.worker("worker-" + i, Map.of()));
        }
        workers.forEach(worker -> worker.await(now -> now.version() == versions[1], PATIENCE));
        progress.accept("%d workers serve; rolling back ...".formatted(workers.size()));
        int half = plan.rollbacks() / 2;
        List<Duration> undisturbed = rollBack(platform, workers, versions, plan.rollbacks() - half);
        progress.accept("Now with a transaction open ...");
        return new RollbackReport(
            command,
            started,
            clock.instant(),
            LoopReport.machineFacts(),
            plan,
            policy.artifact(policy.network()).toBytes().length,
            Latency.of(undisturbed),
            Latency.of(whileHalted(platform, workers, versions, half)),
            Latency.of(each));
      } finally {
        workers.forEach(WorkerProcess::close);
      }
    }
  }

  private List<Duration> whileHalted(
      ServingPlatform platform, List<WorkerProcess> workers, long[] versions, int times) {
    OpenTransaction halted = new OpenTransaction(platform.platform().bootstrapServers());
    try {
      return rollBack(platform, workers, versions, times);
    } finally {
      halted.close();
    }
  }

  /** Times to the last worker; those to each are kept. */
  private List<Duration> rollBack(
      ServingPlatform platform, List<WorkerProcess> workers, long[] versions, int times) {
    List<Duration> last = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Instant commanded = clock.instant();
      long lineage = platform.decide(ControlAction.ROLLBACK, versions[i % versions.length]);
      Duration longest = Duration.ZERO;
      for (WorkerProcess worker : workers) {
        Instant since = worker.await(now -> now.lineage() == lineage, PATIENCE).since();
        Duration took = Duration.between(commanded, since);
        each.add(took);
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
      last.add(longest);
      LockSupport.parkNanos(plan.pause().toNanos());
    }
    return last;
  }

  private WarmStart policy() {
    if (plan.small()) {
      return SampledMinibatches.warmStart();
    }
    progress.accept("Warm start of the demo (trained once, then cached) ...");
    LoopSettings settings = LoopSettings.of(Map.of(), false);
    Dataset shop = GeneratedMarketplace.generate(settings.marketplace());
    return new SupervisedWarmStart(settings.warmStart(), clock)
        .loadOrTrain(warmStarts, TrainingText.of(shop), step -> {});
  }
}
