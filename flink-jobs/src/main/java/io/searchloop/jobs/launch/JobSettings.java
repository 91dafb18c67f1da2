package io.searchloop.jobs.launch;

import io.searchloop.jobs.assembly.AssemblyConfig;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.engine.EngineCallConfig;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.jobs.health.TrialConfig;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.KafkaConfig;
import io.searchloop.schemas.config.Arguments;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.config.OpenSearchConfig;
import io.searchloop.search.config.SearchConfig;

/**
 * Settings of the jobs, with the demo's keys. Each job takes those of all, so that one file serves
 * the four.
 */
record JobSettings(
    Brokers brokers,
    Serdes serdes,
    CheckpointConfig flink,
    AttributionConfig attribution,
    EngineRewardConfig engine,
    EngineCallConfig engineCalls,
    AssemblyConfig assembly,
    HealthConfig health,
    TrialConfig trial,
    SearchConfig search,
    OpenSearchConfig openSearch) {

  /**
   * Binds arguments of a main class.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException naming every problem
   */
  static JobSettings of(String... arguments) {
    ConfigBinder binder = new ConfigBinder(Arguments.read(arguments));
    KafkaConfig kafka = binder.bind("kafka", KafkaConfig.class);
    CheckpointConfig flink = binder.bind("flink", CheckpointConfig.class);
    AttributionConfig attribution = binder.bind("attribution", AttributionConfig.class);
    EngineRewardConfig engine = binder.bind("engine", EngineRewardConfig.class);
    EngineCallConfig engineCalls = binder.bind("engine.calls", EngineCallConfig.class);
    AssemblyConfig assembly = binder.bind("assembly", AssemblyConfig.class);
    HealthConfig health = binder.bind("health", HealthConfig.class);
    TrialConfig trial = binder.bind("trial", TrialConfig.class);
    SearchConfig search = binder.bind("search", SearchConfig.class);
    OpenSearchConfig openSearch = binder.bind("search.opensearch", OpenSearchConfig.class);
    binder.finish();
    return new JobSettings(
        kafka.brokers(),
        kafka.serdes(),
        flink,
        attribution,
        engine,
        engineCalls,
        assembly,
        health,
        trial,
        search,
        openSearch);
  }
}
