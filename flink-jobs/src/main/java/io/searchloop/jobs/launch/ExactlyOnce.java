package io.searchloop.jobs.launch;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * What the jobs' promises ask of Flink, on a laptop as on a cluster: exactly once, from aligned
 * checkpoints that outlive the job. Results become visible when a checkpoint commits them.
 */
public final class ExactlyOnce {
  private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration FIRST_RESTART = Duration.ofMillis(500);
  private static final Duration SLOWEST_RESTART = Duration.ofSeconds(15);

  private static final List<ConfigOption<?>> THE_CLUSTERS =
      List.of(
          CheckpointingOptions.CHECKPOINTING_INTERVAL,
          CheckpointingOptions.CHECKPOINTING_TIMEOUT,
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION);

  private ExactlyOnce() {}

  /**
   * Settings of a job that nobody has configured yet.
   *
   * @param interval between checkpoints, so how long results wait to be visible
   */
  public static Configuration every(Duration interval) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.addAll(required());
    settings.addAll(restarts());
    return settings;
  }

  /**
   * The same for a job on a cluster: what the cluster's configuration or {@code flink run -D} says
   * of intervals, retention and restarts stays.
   *
   * @param given what they say
   */
  public static Configuration every(Duration interval, ReadableConfig given) {
    Configuration settings = every(interval);
    for (ConfigOption<?> option : THE_CLUSTERS) {
      if (given.getOptional(option).isPresent()) {
        settings.removeConfig(option);
      }
    }
    if (given.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isPresent()) {
      restarts().keySet().forEach(settings::removeKey);
    }
    return settings;
  }

  /** The ledger states one watermark for all subtasks, which unaligned checkpoints do not have. */
  private static Configuration required() {
    Configuration settings = new Configuration();
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    return settings;
  }

  /** A job never gives up: a broker that restarts is back in seconds, and trouble is visible. */
  public static Configuration restarts() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_RESTART);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, SLOWEST_RESTART);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(1));
    return settings;
  }
}
