package io.searchloop.app.bench.attribution;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.bench.JvmChild;
import io.searchloop.app.bench.TransactionMarkers;
import io.searchloop.app.bench.traffic.BenchRewards;
import io.searchloop.app.bench.traffic.PacedTraffic;
import io.searchloop.app.bench.traffic.TrafficPublisher;
import io.searchloop.app.launcher.FlinkConfig.StateBackend;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.report.LoopReport;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Kills Flink again and again under traffic, lets the last one finish, and compares what a
 * read_committed reader sees with what the oracle computes from the raw topics. The broker lives
 * on: what it promises is its own.
 */
public final class HaltsBench {
  private static final Map<String, String> FREE_PORTS =
      Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0");
  private static final Duration DRAINING = Duration.ofMinutes(3);
  private static final Duration NOTICE = Duration.ofSeconds(30);
  private static final int MEMORY_OF_ROCKSDB_MB = 64;

  private final HaltsPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final RandomGenerator moments;

  /**
   * @param directory empty folder for topics, checkpoints and logs
   * @param progress told what happens, for a person
   */
  public HaltsBench(
      HaltsPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
    this.moments = new SplittableRandom(plan.seed());
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   */
  public HaltsReport call(List<String> command) {
    Instant started = clock.instant();
    progress.accept("Starting Kafka and the schema registry ...");
    try (Platform platform =
            Platform.start(directory.resolve("platform"), LoopSettings.of(FREE_PORTS, false));
        TrafficPublisher publisher =
            new TrafficPublisher(platform.bootstrapServers(), platform.serdes(), "");
        PacedTraffic traffic = new PacedTraffic(publisher, plan.traffic())) {
      RewardConfig rewards = BenchRewards.config(plan.traffic());
      publisher.publish(rewards);
      publisher.flush();
      traffic.start();
      List<HaltsReport.Life> lives = new ArrayList<>();
      for (int i = 1; i <= plan.kills(); i++) {
        if (i == plan.kills() / 2 + 1) {
          progress.accept("Raising the price of a click ...");
          traffic.raisePrices(rewards, NOTICE);
        }
        HaltsReport.Life life = liveAndBeKilled(platform);
        lives.add(life);
        progress.accept(
            "Kill %d of %d: restored from %d, %d checkpoints, %,d records so far"
                .formatted(
                    i, plan.kills(), life.restoredFrom(), life.completed(), traffic.records()));
      }
      long lastRestore = finish(platform, traffic);
      return report(command, started, platform, traffic.records(), lives, lastRestore);
    }
  }

  private HaltsReport.Life liveAndBeKilled(Platform platform) {
    JvmChild flink = start(platform);
    try {
      JobProgress now = awaitFirstCheckpoint(flink);
      long life = moments.nextLong(plan.longestLife().toMillis());
      LockSupport.parkNanos(Duration.ofMillis(life).toNanos());
      flink.kill();
      return new HaltsReport.Life(now.restoredFrom(), lastWords(flink, now).completed(), life);
    } catch (RuntimeException e) {
      flink.kill();
      throw e;
    }
  }

  /** The last life: reads everything that was written, and ends in peace. */
  private long finish(Platform platform, PacedTraffic traffic) {
    progress.accept("No more kills; draining ...");
    try (JvmChild flink = start(platform)) {
      JobProgress now = awaitFirstCheckpoint(flink);
      Duration beyondAllWindows =
          plan.longWindow().multipliedBy(2).plus(BenchRewards.LATENESS.multipliedBy(2));
      long end = traffic.endWithSentinels(beyondAllWindows);
      awaitWatermark(platform, end - BenchRewards.LATENESS.multipliedBy(2).toMillis());
      return now.restoredFrom();
    }
  }

  private JvmChild start(Platform platform) {
    Path home = directory.resolve("flink");
    JvmChild flink = JvmChild.start(HaltedFlinkMain.class, flags(), home);
    FlinkSetup setup =
        new FlinkSetup(
            home.resolve("flink").toString(),
            platform.bootstrapServers().addresses(),
            platform.serdes().registryUrl(),
            StateBackend.HASHMAP,
            MEMORY_OF_ROCKSDB_MB,
            plan.checkpointInterval(),
            plan.parallelism());
    flink.send(new HaltOrder(setup, plan.traffic()));
    return flink;
  }

  private static JobProgress awaitFirstCheckpoint(JvmChild flink) {
    JobProgress now = flink.receive(JobProgress.class);
    while (now.completed() == 0) {
      now = flink.receive(JobProgress.class);
    }
    return now;
  }

  /** What it had said before it was killed and we had not heard yet. */
  private static JobProgress lastWords(JvmChild flink, JobProgress heard) {
    JobProgress last = heard;
    for (var next = flink.next(JobProgress.class);
        next.isPresent();
        next = flink.next(JobProgress.class)) {
      last = next.get();
    }
    return last;
  }

  /** Waits until two checkpoints have seen event time pass a moment on all partitions. */
  private void awaitWatermark(Platform platform, long time) {
    Instant deadline = clock.instant().plus(DRAINING);
    Map<Long, Long> watermarks = new TreeMap<>();
    try (TopicLog<Ledger> ledger =
        new TopicLog<>(Topics.LEDGER, platform.bootstrapServers(), platform.serdes())) {
      while (watermarks.values().stream().filter(w -> w >= time).count() < 2) {
        if (clock.instant().isAfter(deadline)) {
          throw new IllegalStateException(
              "Event time did not pass %s within %s; the ledger says %s. See the log in %s."
                  .formatted(Instant.ofEpochMilli(time), DRAINING, watermarks, directory));
        }
        for (Located<Ledger> located : ledger.next()) {
          Ledger record = located.value();
          watermarks.merge(record.getCheckpointId(), record.getWatermark(), Math::min);
        }
      }
    }
  }

  private HaltsReport report(
      List<String> command,
      Instant started,
      Platform platform,
      long records,
      List<HaltsReport.Life> lives,
      long lastRestore) {
    progress.accept("Reading the topics for the audit ...");
    AuditReport audit =
        new Audit(platform.bootstrapServers(), platform.serdes(), KafkaMinibatchSource.GROUP).run();
    List<Located<RewardTuple>> tuples =
        TopicLog.readAll(Topics.REWARDS, platform.bootstrapServers(), platform.serdes());
    Set<TupleKey> distinct = new HashSet<>();
    tuples.forEach(tuple -> distinct.add(TupleKey.of(tuple.value())));
    long restores =
        lives.stream().filter(life -> life.restoredFrom() >= 0).count() + (lastRestore < 0 ? 0 : 1);
    return new HaltsReport(
        command,
        started,
        clock.instant(),
        LoopReport.machineFacts(),
        flags(),
        plan,
        records,
        lives,
        restores,
        audit.tuples(),
        tuples.size(),
        tuples.size() - distinct.size(),
        transactions(),
        audit);
  }

  private Map<String, TransactionMarkers> transactions() {
    Map<String, TransactionMarkers> transactions = new TreeMap<>();
    for (var topic : List.of(Topics.REWARDS, Topics.LEDGER, Topics.DEAD_LETTERS)) {
      transactions.put(
          topic.name(), TransactionMarkers.read(directory.resolve("platform/kafka"), topic.name()));
    }
    return transactions;
  }

  private List<String> flags() {
    return JvmChild.flags(JvmChild.Collector.PARALLEL, plan.heap());
  }

  /** What makes a tuple one tuple. */
  private record TupleKey(String queryId, String rolloutId, int sequence) {
    static TupleKey of(RewardTuple tuple) {
      return new TupleKey(tuple.getQueryId(), tuple.getRolloutId(), tuple.getSequence());
    }
  }
}
