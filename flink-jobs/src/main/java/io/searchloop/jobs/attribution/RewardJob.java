package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerOperator;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Turns what shoppers were shown and what they did into rewards of rollouts, and accounts for every
 * record on the way.
 *
 * <p>Hard cases, each with its test: {@code DISCUSSION.md} beside this class.
 */
public final class RewardJob {
  /** Name of the job, in Flink and in the ledger. */
  public static final String NAME = "reward";

  /**
   * Where records come from.
   *
   * @param decisions what workers decided
   * @param events what shoppers did
   */
  public record Sources(Source<SourceRecord, ?, ?> decisions, Source<SourceRecord, ?, ?> events) {}

  /**
   * Where results go. All three must commit with the checkpoint, or the ledger speaks of other
   * tuples than were written.
   *
   * @param rewards base tuples and corrections
   * @param deadLetters records that could not be used
   * @param ledger counts of the audit equation
   */
  public record Sinks(
      Sink<RewardTuple> rewards, Sink<DeadLetter> deadLetters, Sink<Ledger> ledger) {}

  private final Sources sources;
  private final Sinks sinks;
  private final RewardConfig reward;
  private final AttributionConfig config;

  public RewardJob(Sources sources, Sinks sinks, RewardConfig reward, AttributionConfig config) {
    this.sources = sources;
    this.sinks = sinks;
    this.reward = reward;
    this.config = config;
  }

  /**
   * Lays the job out.
   *
   * @throws IllegalArgumentException when checkpoints are unaligned: the ledger needs one watermark
   *     everywhere at the barrier
   */
  public void build(StreamExecutionEnvironment env) {
    requireAlignedCheckpoints(env);
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(config.parallelism());

    var decisions = receive(env, sources.decisions(), "decisions");
    var events = receive(env, sources.events(), "events");

    SingleOutputStreamOperator<RewardTuple> rewards =
        decisions
            .union(events)
            .keyBy(SourceRecord::visitor)
            .process(new JoinInteractions(reward), new AvroRecordTypeInfo<>(RewardTuple.class))
            .uid("join-interactions")
            .name("join interactions");

    DataStream<DeadLetter> deadLetters =
        decisions
            .getSideOutput(SideOutputs.DEAD_LETTERS)
            .union(
                events.getSideOutput(SideOutputs.DEAD_LETTERS),
                rewards.getSideOutput(SideOutputs.DEAD_LETTERS));

    DataStream<LedgerEntry> entries =
        decisions
            .getSideOutput(SideOutputs.LEDGER)
            .union(
                events.getSideOutput(SideOutputs.LEDGER),
                rewards.getSideOutput(SideOutputs.LEDGER));
    DataStream<Ledger> ledger =
        entries
            .transform("ledger", new AvroRecordTypeInfo<>(Ledger.class), new LedgerOperator(NAME))
            .uid("ledger")
            .forceNonParallel();

    rewards.sinkTo(sinks.rewards()).uid("write-rewards").name("write rewards");
    deadLetters.sinkTo(sinks.deadLetters()).uid("write-dead-letters").name("write dead letters");
    ledger.sinkTo(sinks.ledger()).uid("write-ledger").name("write ledger").setParallelism(1);
  }

  private SingleOutputStreamOperator<SourceRecord> receive(
      StreamExecutionEnvironment env, Source<SourceRecord, ?, ?> source, String name) {
    TypeInformation<SourceRecord> type = TypeInformation.of(SourceRecord.class);
    return env.fromSource(source, watermarks(), name, type)
        .uid(name)
        .process(new ReceiveRecords(), type)
        .uid("receive-" + name)
        .name("receive " + name);
  }

  private WatermarkStrategy<SourceRecord> watermarks() {
    return WatermarkStrategy.<SourceRecord>forBoundedOutOfOrderness(
            Duration.ofMillis(reward.getLatenessMs()))
        .withTimestampAssigner((record, ignored) -> record.eventTime())
        .withIdleness(config.idleTimeout());
  }

  private static void requireAlignedCheckpoints(StreamExecutionEnvironment env) {
    if (env.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
      throw new IllegalArgumentException(
          "Unaligned checkpoints are on, the reward job expects aligned ones: its ledger states one"
              + " watermark for all subtasks. Remove execution.checkpointing.unaligned.enabled.");
    }
  }
}
