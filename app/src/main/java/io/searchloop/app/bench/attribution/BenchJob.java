package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.BenchRewards;
import io.searchloop.app.bench.traffic.TrafficShape;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.jobs.io.KafkaSources;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
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

  /** How many searches the decisions may be read ahead of the events, or the other way. */
  private static final int SEARCHES_AHEAD = 20_000;

  /**
   * Lays the job out.
   *
   * @param prefix prefix of all topics
   * @param traffic what it will read
   * @param parallelism subtasks of every operator that may have several
   */
  void build(
      StreamExecutionEnvironment env,
      Brokers bootstrapServers,
      Serdes serdes,
      String prefix,
      TrafficShape traffic,
      int parallelism) {
    RewardJob.Sources sources = new KafkaSources(bootstrapServers, serdes, prefix).rewardJob();
    RewardJob.Sinks sinks = new KafkaSinks(bootstrapServers, serdes, prefix).rewardJob();
    switch (this) {
      case REWARD ->
          new RewardJob(
                  sources,
                  sinks,
                  List.of(BenchRewards.config(traffic)),
                  attribution(traffic, parallelism))
              .build(env);
      case PASS_THROUGH -> new PassThroughJob(sources, sinks, true, parallelism).build(env);
      case PASS_THROUGH_LOCAL -> new PassThroughJob(sources, sinks, false, parallelism).build(env);
    }
  }

  /** A lead of as many searches however dense they are, or it would be no bound, or a brake. */
  private static AttributionConfig attribution(TrafficShape traffic, int parallelism) {
    Duration lead = Duration.ofSeconds(SEARCHES_AHEAD).dividedBy(traffic.searchesPerSecond());
    return new ConfigBinder(
            Map.of(
                "attribution.parallelism", Integer.toString(parallelism),
                "attribution.max-lead", lead.toString()))
        .bind("attribution", AttributionConfig.class);
  }
}
