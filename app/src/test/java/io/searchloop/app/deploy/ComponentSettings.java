package io.searchloop.app.deploy;

import io.searchloop.jobs.assembly.AssemblyConfig;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.engine.EngineCallConfig;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.jobs.health.TrialConfig;
import io.searchloop.jobs.launch.CheckpointConfig;
import io.searchloop.schemas.client.KafkaConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.streams.ServingConfig;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.TrainerMainConfig;
import io.searchloop.trainer.metrics.MetricsConfig;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.SigningSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings files of a deployment, bound as the main classes bind them: an unknown key or a bad
 * value fails by name.
 *
 * @param worker of {@code ServingMain}
 * @param kafka where workers find Kafka
 * @param main where the trainer finds things
 * @param metrics the trainer's port
 * @param attribution of the reward job
 * @param assembly of the minibatch job
 * @param checkpoints of all jobs
 */
record ComponentSettings(
    ServingConfig worker,
    KafkaConfig kafka,
    TrainerMainConfig main,
    MetricsConfig metrics,
    AttributionConfig attribution,
    AssemblyConfig assembly,
    CheckpointConfig checkpoints) {

  static ComponentSettings of(String worker, String trainer, String jobs) {
    ConfigBinder serving = binder(worker);
    ConfigBinder training = binder(trainer);
    ConfigBinder flink = binder(jobs);
    training.bind("trainer", TrainerConfig.class);
    training.bind("trainer.gate", GateSettings.class);
    training.bind("trainer", SigningSettings.class);
    flink.bind("kafka", KafkaConfig.class);
    flink.bind("engine", EngineRewardConfig.class);
    flink.bind("engine.calls", EngineCallConfig.class);
    flink.bind("health", HealthConfig.class);
    flink.bind("trial", TrialConfig.class);
    ComponentSettings bound =
        new ComponentSettings(
            serving.bind("serving", ServingConfig.class),
            serving.bind("kafka", KafkaConfig.class),
            training.bind("main", TrainerMainConfig.class),
            training.bind("trainer.metrics", MetricsConfig.class),
            flink.bind("attribution", AttributionConfig.class),
            flink.bind("assembly", AssemblyConfig.class),
            flink.bind("flink", CheckpointConfig.class));
    serving.finish();
    training.finish();
    flink.finish();
    return bound;
  }

  private static ConfigBinder binder(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return new ConfigBinder(values);
  }
}
