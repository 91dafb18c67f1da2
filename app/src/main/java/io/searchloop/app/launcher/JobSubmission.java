package io.searchloop.app.launcher;

import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.OpenSearchConfig;
import io.searchloop.streams.SearchConfig;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the jobs to the topics and submits them. */
final class JobSubmission {
  private final EmbeddedFlink flink;
  private final LoopSettings settings;
  private final String bootstrapServers;
  private final Serdes serdes;
  private final KafkaSources sources;
  private final KafkaSinks sinks;

  JobSubmission(
      EmbeddedFlink flink, LoopSettings settings, String bootstrapServers, Serdes serdes) {
    this.flink = flink;
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.sources = new KafkaSources(bootstrapServers, serdes, "");
    this.sinks = new KafkaSinks(bootstrapServers, serdes, "");
  }

  void submitAll(List<RewardConfig> rewards) {
    submitReward(rewards);
    if (settings.serving().engineOnlyShare() > 0) {
      submitEngineReward(rewards);
    }
    submitMinibatch();
    submitHealth();
  }

  private void submitReward(List<RewardConfig> rewards) {
    StreamExecutionEnvironment env = flink.environment(RewardJob.NAME);
    new RewardJob(sources.rewardJob(), sinks.rewardJob(), rewards, settings.attribution())
        .build(env);
    flink.submit(RewardJob.NAME, env);
  }

  private void submitEngineReward(List<RewardConfig> rewards) {
    String brokers = bootstrapServers;
    Serdes schemas = serdes;
    SearchConfig search = settings.search();
    OpenSearchConfig openSearch = settings.openSearch();
    StreamExecutionEnvironment env = flink.environment(EngineRewardJob.NAME);
    new EngineRewardJob(
            sources.engineRewardJob(),
            sinks.engineRewardJob(),
            () -> CatalogueBackend.open(brokers, schemas, search.retrieval(openSearch)),
            rewards,
            settings.engine(),
            settings.engineCalls())
        .build(env);
    flink.submit(EngineRewardJob.NAME, env);
  }

  private void submitMinibatch() {
    StreamExecutionEnvironment env = flink.environment(MinibatchJob.NAME);
    new MinibatchJob(sources.rewards(), sinks.minibatches(), settings.assembly()).build(env);
    flink.submit(MinibatchJob.NAME, env);
  }

  private void submitHealth() {
    StreamExecutionEnvironment env = flink.environment(PolicyHealthJob.NAME);
    new PolicyHealthJob(
            sources.policyHealthJob(), sinks.control(), settings.health(), settings.trial())
        .build(env);
    flink.submit(PolicyHealthJob.NAME, env);
  }
}
