package io.searchloop.app.bench;

import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs that are compared, on the same topics with the same connectors. */
enum BenchJob {
  /** The job of production. */
  REWARD,
  /** Reads, sends each record to its visitor's task, writes a tuple a decision. */
  PASS_THROUGH,
  /** Reads and writes without an exchange between: what the connectors alone cost. */
  PASS_THROUGH_LOCAL;

  /**
   * Lays the job out.
   *
   * @param prefix prefix of all topics
   * @param rewards what outcomes are worth when the job first starts
   * @param parallelism subtasks of every operator that may have several
   */
  void build(
      StreamExecutionEnvironment env,
      String bootstrapServers,
      Serdes serdes,
      String prefix,
      RewardConfig rewards,
      int parallelism) {
    RewardJob.Sources sources = new KafkaSources(bootstrapServers, serdes, prefix).rewardJob();
    RewardJob.Sinks sinks = new KafkaSinks(bootstrapServers, serdes, prefix).rewardJob();
    switch (this) {
      case REWARD ->
          new RewardJob(sources, sinks, List.of(rewards), attribution(parallelism)).build(env);
      case PASS_THROUGH -> new PassThroughJob(sources, sinks, true, parallelism).build(env);
      case PASS_THROUGH_LOCAL -> new PassThroughJob(sources, sinks, false, parallelism).build(env);
    }
  }

  private static AttributionConfig attribution(int parallelism) {
    String key = "attribution.parallelism";
    return new ConfigBinder(Map.of(key, Integer.toString(parallelism)))
        .bind("attribution", AttributionConfig.class);
  }
}
