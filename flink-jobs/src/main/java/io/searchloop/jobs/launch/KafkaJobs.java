package io.searchloop.jobs.launch;

import io.searchloop.jobs.assembly.AssemblyConfig;
import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineCallConfig;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.health.TrialConfig;
import io.searchloop.jobs.io.CatalogueBackend;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.config.OpenSearchConfig;
import io.searchloop.search.config.SearchConfig;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires each job to the live topics; the one place that says which topic feeds which job. */
public final class KafkaJobs {
  private final Brokers brokers;
  private final Serdes serdes;
  private final KafkaSources sources;
  private final KafkaSinks sinks;

  /**
   * @param brokers where the topics are
   * @param serdes where their schemas are
   */
  public KafkaJobs(Brokers brokers, Serdes serdes) {
    this.brokers = brokers;
    this.serdes = serdes;
    this.sources = new KafkaSources(brokers, serdes, "");
    this.sinks = new KafkaSinks(brokers, serdes, "");
  }

  /**
   * Lays out the reward job.
   *
   * @param configs reward configurations admitted so far, at least one
   */
  public void reward(
      StreamExecutionEnvironment env, List<RewardConfig> configs, AttributionConfig config) {
    new RewardJob(sources.rewardJob(), sinks.rewardJob(), configs, config).build(env);
  }

  /**
   * Lays out the engine reward job, each task of which indexes the catalogue when it starts.
   *
   * @param configs reward configurations admitted so far, at least one
   * @param search what finds products; as workers have it
   * @param openSearch where an OpenSearch is; heeded where it is chosen
   */
  public void engineReward(
      StreamExecutionEnvironment env,
      List<RewardConfig> configs,
      EngineRewardConfig config,
      EngineCallConfig calls,
      SearchConfig search,
      OpenSearchConfig openSearch) {
    Brokers catalogue = brokers; // without them the factory would take all of this along
    Serdes schemas = serdes;
    new EngineRewardJob(
            sources.engineRewardJob(),
            sources.engineRewardPast(),
            sinks.engineRewardJob(),
            () -> CatalogueBackend.open(catalogue, schemas, search.retrieval(openSearch)),
            configs,
            config,
            calls)
        .build(env);
  }

  /** Lays out the minibatch job. */
  public void minibatch(StreamExecutionEnvironment env, AssemblyConfig config) {
    new MinibatchJob(sources.rewards(), sinks.minibatches(), config, sources.lessons()).build(env);
  }

  /** Lays out the policy health job. */
  public void policyHealth(StreamExecutionEnvironment env, HealthConfig config, TrialConfig trial) {
    new PolicyHealthJob(sources.policyHealthJob(), sinks.control(), config, trial).build(env);
  }
}
