package io.searchloop.app.replay;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.launcher.EmbeddedFlink;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.schemas.RewardConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run of the loop's jobs over prefixed topics: create, fill, run to the end, audit, count.
 *
 * @param platform Kafka and registry, running
 * @param settings of Flink and the jobs
 * @param flinkDirectory home of this run's checkpoints; must be new
 * @param prefix put before every topic name; empty for the live topics, which must then exist
 * @param stages told what happens, for a person
 * @param stopwatch times the parts
 */
record BoundedRun(
    Platform platform,
    LoopSettings settings,
    Path flinkDirectory,
    String prefix,
    Consumer<String> stages,
    Stopwatch stopwatch) {
  /** No trainer follows a replay. */
  private static final String NO_TRAINER = "searchloop-replay-without-trainer";

  /**
   * What the run left on the topics.
   *
   * @param audit the audit equation, and the tuples against the oracle's
   * @param tuples tuples on the topic
   * @param learning minibatches on the topic
   */
  record Outcome(AuditReport audit, TupleCounts tuples, LearningCounts learning) {}

  /** Creates the topics. */
  void create(List<RewardConfig> configs) {
    new ReplayTopics(
            platform.bootstrapServers(), platform.serdes(), prefix, settings.loop().partitions())
        .create(configs);
  }

  /** A writer of the topics' decisions and events. */
  ReplayWriter writer() {
    return new ReplayWriter(platform.bootstrapServers(), platform.serdes(), prefix);
  }

  /** Runs both jobs to the end of the topics as they are now, then reads what came of it. */
  Outcome run(List<RewardConfig> configs) {
    try (EmbeddedFlink flink = EmbeddedFlink.start(flinkDirectory, settings.flink())) {
      ReplayJobs jobs =
          new ReplayJobs(
              flink, settings, platform.bootstrapServers(), platform.serdes(), prefix, stages);
      stages.accept("RewardJob runs to the end of the topics ...");
      stopwatch.time("reward_job", () -> jobs.reward(configs));
      stages.accept("MinibatchJob runs to the end of the rewards ...");
      stopwatch.time("minibatch_job", jobs::minibatch);
    }
    stages.accept("Audit against the batch oracle ...");
    AuditReport audit = stopwatch.time("audit", this::audit);
    return new Outcome(
        audit,
        TupleCounts.of(platform.bootstrapServers(), platform.serdes(), prefix),
        LearningCounts.of(platform.bootstrapServers(), platform.serdes(), prefix));
  }

  private AuditReport audit() {
    return new Audit(platform.bootstrapServers(), platform.serdes(), NO_TRAINER, prefix).run();
  }
}
