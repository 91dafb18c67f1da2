package io.searchloop.app.replay;

import io.searchloop.app.launcher.EmbeddedFlink;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The loop's jobs over a replay's topics, one after the other, each to the end of its input. */
final class ReplayJobs {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int LOOKS_PER_LINE = 50;

  private final EmbeddedFlink flink;
  private final LoopSettings settings;
  private final KafkaSources sources;
  private final KafkaSinks sinks;
  private final Consumer<String> stages;

  ReplayJobs(
      EmbeddedFlink flink,
      LoopSettings settings,
      Brokers bootstrapServers,
      Serdes serdes,
      String prefix,
      Consumer<String> stages) {
    this.flink = flink;
    this.settings = settings;
    this.sources = new KafkaSources(bootstrapServers, serdes, prefix).bounded();
    this.sinks = new KafkaSinks(bootstrapServers, serdes, prefix);
    this.stages = stages;
  }

  /** Decisions and events to tuples; every window closes. */
  void reward(List<RewardConfig> configs) {
    run(
        RewardJob.NAME,
        new RewardJob(sources.rewardJob(), sinks.rewardJob(), configs, settings.attribution())
            ::build);
  }

  /** Tuples to minibatches. */
  void minibatch() {
    run(
        MinibatchJob.NAME,
        new MinibatchJob(
                sources.rewards(), sinks.minibatches(), settings.assembly(), sources.lessons())
            ::build);
  }

  private void run(String name, Consumer<StreamExecutionEnvironment> layOut) {
    StreamExecutionEnvironment env = flink.environment(name);
    layOut.accept(env);
    flink.submit(name, env);
    for (int looks = 1; !finished(name); looks++) {
      refuseFailure(name);
      pause(name);
      if (looks % LOOKS_PER_LINE == 0) {
        stages.accept("  job " + name + ": checkpoint " + flink.completedCheckpoints(name));
      }
    }
    // It may have failed, restarted and reached an end within one look.
    refuseFailure(name);
  }

  private boolean finished(String name) {
    return flink.jobState(name).filter(JobStatus.FINISHED::equals).isPresent();
  }

  /** A bounded source never ends after a restore, so the first failure ends the replay. */
  private void refuseFailure(String name) {
    Optional<Throwable> failure = flink.lastFailure(name);
    if (failure.isPresent()) {
      flink.stop(name);
      throw new IllegalStateException(
          "Job " + name + " failed during the replay: " + failure.get().getMessage(),
          failure.get());
    }
  }

  private static void pause(String name) {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while job " + name + " ran", e);
    }
  }
}
