package io.searchloop.jobs.assembly;

import io.searchloop.jobs.past.PastLessons;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.RewardTuple;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;

/** Turns rewards of rollouts into minibatches of groups, preference pairs and corrections. */
public final class MinibatchJob {
  /** Name of the job in Flink. */
  public static final String NAME = "minibatch";

  private final Source<RewardTuple, ?, ?> rewards;
  private final Sink<Minibatch> minibatches;
  private final AssemblyConfig config;
  private final SerializableSupplier<PastLessons> past;

  /**
   * @param rewards base tuples and corrections, those of one group key in order
   * @param minibatches where minibatches go; one partition
   * @param config how minibatches are put together
   * @param past what an earlier run left, for a run that begins without its state
   */
  public MinibatchJob(
      Source<RewardTuple, ?, ?> rewards,
      Sink<Minibatch> minibatches,
      AssemblyConfig config,
      SerializableSupplier<PastLessons> past) {
    this.past = past;
    this.rewards = rewards;
    this.minibatches = minibatches;
    this.config = config;
  }

  /** Lays the job out. */
  public void build(StreamExecutionEnvironment env) {
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(config.parallelism());
    TypeInformation<RewardTuple> tuples = new AvroRecordTypeInfo<>(RewardTuple.class);
    TypeInformation<TrainingItem> items = TypeInformation.of(TrainingItem.class);

    SingleOutputStreamOperator<RewardTuple> admitted =
        env.fromSource(rewards, watermarks(), "rewards", tuples)
            .uid("rewards")
            .keyBy(Comparison::keyOf)
            .process(new AdmitTuples(config, past), tuples)
            .uid("admit-tuples")
            .name("admit tuples");

    DataStream<TrainingItem> groups =
        byComparison(admitted)
            .process(new CollectGroup(config), items)
            .uid("collect-group")
            .name("collect group");

    DataStream<TrainingItem> purchases =
        byComparison(admitted.filter(Comparison::onPage).name("pages"))
            .process(new PairPurchases(config), items)
            .uid("pair-purchases")
            .name("pair purchases");

    DataStream<TrainingItem> rewrites =
        admitted
            .filter(Comparison::shownAlone)
            .name("shown alone")
            .keyBy(RewardTuple::getGroupKey)
            .process(new AdmitPairs(config), items)
            .uid("admit-pairs")
            .name("admit pairs");

    groups
        .union(purchases, rewrites)
        .process(new StalenessGate(config.maxAge()), items)
        .uid("staleness-gate")
        .name("staleness gate")
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

  /** Admission keeps the key, so its output need not cross the network again. */
  private static KeyedStream<RewardTuple, String> byComparison(DataStream<RewardTuple> admitted) {
    return DataStreamUtils.reinterpretAsKeyedStream(admitted, Comparison::keyOf, Types.STRING);
  }

  private WatermarkStrategy<RewardTuple> watermarks() {
    return WatermarkStrategy.<RewardTuple>forBoundedOutOfOrderness(config.outOfOrderness())
        .withTimestampAssigner((tuple, ignored) -> tuple.getImpressionTime().toEpochMilli())
        .withIdleness(config.idleTimeout());
  }
}
