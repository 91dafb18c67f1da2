package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Turns rewards of rollouts into minibatches of groups, preference pairs and corrections. */
public final class MinibatchJob {
  /** Name of the job in Flink. */
  public static final String NAME = "minibatch";

  private final Source<RewardTuple, ?, ?> rewards;
  private final Sink<Minibatch> minibatches;
  private final Duration retention;
  private final AssemblyConfig config;

  /**
   * @param rewards base tuples and corrections, those of one group key in order
   * @param minibatches where minibatches go; one partition
   * @param reward whose long window says how long a rollout may be corrected
   * @param config how minibatches are put together
   */
  public MinibatchJob(
      Source<RewardTuple, ?, ?> rewards,
      Sink<Minibatch> minibatches,
      RewardConfig reward,
      AssemblyConfig config) {
    this.rewards = rewards;
    this.minibatches = minibatches;
    this.retention = Duration.ofMillis(reward.getLongWindowMs());
    this.config = config;
  }

  /** Lays the job out. */
  public void build(StreamExecutionEnvironment env) {
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(config.parallelism());
    TypeInformation<TrainingItem> items = TypeInformation.of(TrainingItem.class);

    KeyedStream<RewardTuple, String> byGroupKey =
        env.fromSource(
                rewards, watermarks(), "rewards", new AvroRecordTypeInfo<>(RewardTuple.class))
            .uid("rewards")
            .keyBy(RewardTuple::getGroupKey);

    DataStream<TrainingItem> groups =
        byGroupKey
            .process(new CollectGroup(config, retention), items)
            .uid("collect-group")
            .name("collect group")
            .process(new StalenessGate(config.maxAge()), items)
            .uid("staleness-gate")
            .name("staleness gate");

    DataStream<TrainingItem> pairs =
        byGroupKey
            .process(new AdmitPairs(config, retention), items)
            .uid("admit-pairs")
            .name("admit pairs");

    groups
        .union(pairs)
        .keyBy(TrainingItem::packingKey)
        .process(new PackMinibatch(config), new AvroRecordTypeInfo<>(Minibatch.class))
        .uid("pack-minibatch")
        .name("pack minibatch")
        .forceNonParallel()
        .sinkTo(minibatches)
        .uid("write-minibatches")
        .name("write minibatches")
        .setParallelism(1);
  }

  private WatermarkStrategy<RewardTuple> watermarks() {
    return WatermarkStrategy.<RewardTuple>forBoundedOutOfOrderness(config.outOfOrderness())
        .withTimestampAssigner((tuple, ignored) -> tuple.getImpressionTime().toEpochMilli())
        .withIdleness(config.idleTimeout());
  }
}
