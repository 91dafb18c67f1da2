package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.RecordReaders;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.VisitorId;
import io.searchloop.jobs.intake.VisitorIdTypeInfo;
import io.searchloop.jobs.ledger.CountMarks;
import io.searchloop.jobs.ledger.LedgerCounts;
import io.searchloop.jobs.ledger.LedgerOperator;
import io.searchloop.jobs.past.PastProgress;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;

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
   * @param configs what outcomes are worth from when on
   * @param readers reads the values of all three
   * @param past what an earlier run left, for a run that begins without its state
   */
  public record Sources(
      Source<SourceRecord, ?, ?> decisions,
      Source<SourceRecord, ?, ?> events,
      Source<SourceRecord, ?, ?> configs,
      SerializableSupplier<RecordReaders> readers,
      SerializableSupplier<PastRun> past) {}

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

  private static final TypeInformation<SourceRecord> RECORDS =
      TypeInformation.of(SourceRecord.class);

  static final KeySelector<SourceRecord, VisitorId> VISITOR = SourceRecord::visitor;
  static final TypeInformation<VisitorId> VISITOR_TYPE = new VisitorIdTypeInfo();

  private final Sources sources;
  private final Sinks sinks;
  private final RewardSchedule initial;
  private final AttributionConfig config;
  private final Ticks ticks;

  /**
   * @param initial configurations known before the job first starts, at least one; a restored job
   *     goes on with those it knows. The first says how much lateness is allowed.
   * @throws IllegalArgumentException when they contradict each other
   */
  public RewardJob(
      Sources sources, Sinks sinks, List<RewardConfig> initial, AttributionConfig config) {
    this.sources = sources;
    this.sinks = sinks;
    this.initial = new RewardSchedule(initial);
    this.config = config;
    this.ticks = new Ticks(config.tick().toMillis());
  }

  /**
   * Lays the job out.
   *
   * @throws IllegalArgumentException when checkpoints are unaligned: the ledger needs one watermark
   *     everywhere at the barrier
   */
  public void build(StreamExecutionEnvironment env) {
    requireAlignedCheckpoints(env);
    // Records are immutable and state holds bytes, so nothing need be copied between operators.
    env.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true));
    env.setParallelism(config.parallelism());

    var decisions = receive(env, sources.decisions(), "decisions");
    var events = receive(env, sources.events(), "events");

    SingleOutputStreamOperator<RewardConfig> configs =
        admitConfigs(env, eventTimeOf(decisions, "decisions").union(eventTimeOf(events, "events")));
    SingleOutputStreamOperator<RewardTuple> rewards =
        decisions
            .union(events)
            .keyBy(VISITOR, VISITOR_TYPE)
            .connect(configs.broadcast())
            .transform(
                "join interactions",
                new AvroRecordTypeInfo<>(RewardTuple.class),
                new JoinInteractions(
                    initial.configs(), ticks, config.cachedVisitors(), sources.past()))
            .uid("join-interactions");

    DataStream<DeadLetter> deadLetters =
        decisions
            .getSideOutput(SideOutputs.DEAD_LETTERS)
            .union(
                events.getSideOutput(SideOutputs.DEAD_LETTERS),
                configs.getSideOutput(SideOutputs.DEAD_LETTERS),
                rewards.getSideOutput(SideOutputs.DEAD_LETTERS));

    DataStream<Ledger> ledger =
        countMarks(decisions, "decisions")
            .union(countMarks(events, "events"), countMarks(rewards, "interactions"))
            .transform(
                "ledger",
                new AvroRecordTypeInfo<>(Ledger.class),
                new LedgerOperator(NAME, sources.past()))
            .uid("ledger")
            .forceNonParallel();

    rewards.sinkTo(sinks.rewards()).uid("write-rewards").name("write rewards");
    deadLetters.sinkTo(sinks.deadLetters()).uid("write-dead-letters").name("write dead letters");
    ledger.sinkTo(sinks.ledger()).uid("write-ledger").name("write ledger").setParallelism(1);
  }

  private SingleOutputStreamOperator<SourceRecord> receive(
      StreamExecutionEnvironment env, Source<SourceRecord, ?, ?> source, String name) {
    return env.fromSource(source, eventTime(env), name, RECORDS)
        .uid(name)
        .process(new ReceiveRecords(sources.past()), RECORDS)
        .uid("receive-" + name)
        .name("receive " + name);
  }

  /** A job that goes on from a checkpoint reads nothing again. */
  private WatermarkStrategy<SourceRecord> eventTime(StreamExecutionEnvironment env) {
    long latenessMs = initial.configs().get(0).getLatenessMs();
    boolean goesOn =
        env.getConfiguration().getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
    SerializableSupplier<PastProgress> past =
        goesOn ? () -> PastProgress.NONE : new ProgressOnce(sources.past());
    return EventTime.following(ticks, latenessMs, config, past);
  }

  private SingleOutputStreamOperator<RewardConfig> admitConfigs(
      StreamExecutionEnvironment env, DataStream<SourceRecord> eventTime) {
    return env.fromSource(
            sources.configs(), WatermarkStrategy.noWatermarks(), "reward configs", RECORDS)
        .uid("reward-configs")
        .setParallelism(1)
        .connect(eventTime)
        .transform(
            "admit configs",
            new AvroRecordTypeInfo<>(RewardConfig.class),
            new AdmitConfigs(sources.readers(), initial.configs(), sources.past()))
        .uid("admit-configs")
        .forceNonParallel();
  }

  /**
   * Watermarks without records; filtered where they are read, or all records would travel twice.
   */
  private static DataStream<SourceRecord> eventTimeOf(
      DataStream<SourceRecord> records, String name) {
    return records.filter(record -> false).uid("event-time-" + name).name("event time");
  }

  private static DataStream<LedgerCounts> countMarks(
      SingleOutputStreamOperator<?> marked, String name) {
    return marked
        .getSideOutput(SideOutputs.LEDGER)
        .transform("count " + name, TypeInformation.of(LedgerCounts.class), new CountMarks())
        .uid("count-" + name);
  }

  private static void requireAlignedCheckpoints(StreamExecutionEnvironment env) {
    if (env.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
      throw new IllegalArgumentException(
          "Unaligned checkpoints are on, the reward job expects aligned ones: its ledger states one"
              + " watermark for all subtasks. Remove execution.checkpointing.unaligned.enabled.");
    }
  }
}
