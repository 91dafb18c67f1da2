package io.searchloop.app.launcher;

import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the three jobs to the topics and submits them. */
final class JobSubmission {
  private final EmbeddedFlink flink;
  private final LoopSettings settings;
  private final KafkaSources sources;
  private final KafkaSinks sinks;

  JobSubmission(
      EmbeddedFlink flink, LoopSettings settings, String bootstrapServers, Serdes serdes) {
    this.flink = flink;
    this.settings = settings;
    this.sources = new KafkaSources(bootstrapServers, serdes, "");
    this.sinks = new KafkaSinks(bootstrapServers, serdes, "");
  }

  void submitAll(List<RewardConfig> rewards) {
    submitReward(rewards);
    submitMinibatch();
    submitHealth();
  }

  private void submitReward(List<RewardConfig> rewards) {
    StreamExecutionEnvironment env = flink.environment(RewardJob.NAME);
    new RewardJob(sources.rewardJob(), sinks.rewardJob(), rewards, settings.attribution())
        .build(env);
    flink.submit(RewardJob.NAME, env);
  }

  private void submitMinibatch() {
    StreamExecutionEnvironment env = flink.environment(MinibatchJob.NAME);
    new MinibatchJob(sources.rewards(), sinks.minibatches(), settings.assembly()).build(env);
    flink.submit(MinibatchJob.NAME, env);
  }

  private void submitHealth() {
    StreamExecutionEnvironment env = flink.environment(PolicyHealthJob.NAME);
    new PolicyHealthJob(sources.policyHealthJob(), sinks.control(), settings.health()).build(env);
    flink.submit(PolicyHealthJob.NAME, env);
  }
}
