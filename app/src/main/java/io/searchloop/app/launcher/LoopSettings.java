package io.searchloop.app.launcher;

import io.searchloop.app.console.ConsoleConfig;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.simulation.ShopperConfig;
import io.searchloop.jobs.assembly.AssemblyConfig;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.engine.EngineCallConfig;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.jobs.health.TrialConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.config.OpenSearchConfig;
import io.searchloop.search.config.SearchConfig;
import io.searchloop.streams.ServingConfig;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.metrics.MetricsConfig;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.util.Map;
import java.util.TreeMap;

/** Every setting of the embedded loop. */
public record LoopSettings(
    LoopConfig loop,
    BrokerConfig broker,
    RegistryConfig registry,
    FlinkConfig flink,
    FlinkMetricsConfig flinkMetrics,
    RewardSettings reward,
    AttributionConfig attribution,
    EngineRewardConfig engine,
    EngineCallConfig engineCalls,
    AssemblyConfig assembly,
    HealthConfig health,
    TrialConfig trial,
    TrainerConfig trainer,
    GateSettings gate,
    MetricsConfig trainerMetrics,
    WarmStartConfig warmStart,
    ServingConfig serving,
    SearchConfig search,
    OpenSearchConfig openSearch,
    ShopperConfig shoppers,
    MarketplaceConfig marketplace,
    ConsoleConfig console) {

  /**
   * Where the demo departs from the components' own defaults: three arms with equal traffic, a pace
   * that shows learning within minutes, releases that travel as deltas.
   */
  private static final Map<String, String> DEMO =
      Map.of(
          "serving.holdout-share", "0.3333",
          "serving.reference-share", "0.3333",
          "shoppers.searches-per-second", "40",
          "trainer.learning-rate", "0.0002",
          "trainer.kl-weight", "0.05",
          "trainer.export-precision", "bf16",
          "trainer.gate.max-kl", "2");

  /** A real catalogue has more words to learn than the generated one, and a longer tail. */
  private static final Map<String, String> REAL_DATASET =
      Map.of(
          "trainer.warm-start.budget", "PT6M",
          "trainer.warm-start.vocabulary", "4096",
          "shoppers.queries", "400");

  /**
   * Binds settings, the demo's defaults beneath those given.
   *
   * @param realDataset whether the shop is a real one rather than generated
   * @throws io.searchloop.schemas.config.InvalidConfigurationException naming every problem
   */
  public static LoopSettings of(Map<String, String> given, boolean realDataset) {
    Map<String, String> values = new TreeMap<>(DEMO);
    values.putAll(realDataset ? REAL_DATASET : Map.of());
    values.putAll(given);
    ConfigBinder binder = new ConfigBinder(values);
    LoopSettings settings = bind(binder);
    binder.finish();
    return settings;
  }

  /** Every key with its default and help, tab-separated. */
  public static Map<String, String> known() {
    ConfigBinder binder = new ConfigBinder(Map.of());
    bind(binder);
    Map<String, String> known = new TreeMap<>(binder.known());
    DEMO.forEach(
        (key, value) ->
            known.computeIfPresent(key, (k, text) -> value + text.substring(text.indexOf('\t'))));
    return known;
  }

  private static LoopSettings bind(ConfigBinder binder) {
    return new LoopSettings(
        binder.bind("loop", LoopConfig.class),
        binder.bind("broker", BrokerConfig.class),
        binder.bind("registry", RegistryConfig.class),
        binder.bind("flink", FlinkConfig.class),
        binder.bind("flink.metrics", FlinkMetricsConfig.class),
        binder.bind("reward", RewardSettings.class),
        binder.bind("attribution", AttributionConfig.class),
        binder.bind("engine", EngineRewardConfig.class),
        binder.bind("engine.calls", EngineCallConfig.class),
        binder.bind("assembly", AssemblyConfig.class),
        binder.bind("health", HealthConfig.class),
        binder.bind("trial", TrialConfig.class),
        binder.bind("trainer", TrainerConfig.class),
        binder.bind("trainer.gate", GateSettings.class),
        binder.bind("trainer.metrics", MetricsConfig.class),
        binder.bind("trainer.warm-start", WarmStartConfig.class),
        binder.bind("serving", ServingConfig.class),
        binder.bind("search", SearchConfig.class),
        binder.bind("search.opensearch", OpenSearchConfig.class),
        binder.bind("shoppers", ShopperConfig.class),
        binder.bind("marketplace", MarketplaceConfig.class),
        binder.bind("console", ConsoleConfig.class));
  }
}
