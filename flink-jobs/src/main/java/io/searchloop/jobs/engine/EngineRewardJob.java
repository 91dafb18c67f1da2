package io.searchloop.jobs.engine;

import io.searchloop.jobs.ledger.CountMarks;
import io.searchloop.jobs.ledger.LedgerCounts;
import io.searchloop.jobs.ledger.LedgerOperator;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Turns decisions that were never shown into rewards of their rollouts: rare queries are searched
 * too seldom for clicks, but an engine can always be asked what a rewrite would have found.
 *
 * <p>Hard cases, each with its test: {@code DISCUSSION.md} beside this class.
 */
public final class EngineRewardJob {
  /** Name of the job, in Flink and in the ledger. */
  public static final String NAME = "engine-reward";

  /** Each call ends by itself; Flink's own timeout would fail the job. */
  private static final long NO_TIMEOUT = 0;

  /**
   * Where results go. All three must commit with the checkpoint, or the ledger speaks of other
   * tuples than were written.
   *
   * @param rewards tuples of origin ENGINE
   * @param deadLetters decisions that the engine did not answer
   * @param ledger counts of the audit equation, of this job
   */
  public record Sinks(
      Sink<RewardTuple> rewards, Sink<DeadLetter> deadLetters, Sink<Ledger> ledger) {}

  private final Source<DecisionRecord, ?, ?> decisions;
  private final SerializableSupplier<PastRun> past;
  private final Sinks sinks;
  private final SerializableSupplier<SearchBackend> backend;
  private final List<RewardConfig> rewards;
  private final EngineRewardConfig config;
  private final EngineCallConfig callConfig;

  /**
   * @param decisions what workers decided, all modes
   * @param past what an earlier run left, for a run that begins without its state
   * @param backend opened by each subtask for itself
   * @param rewards the configurations that price; each from its {@code effective_from}
   */
  public EngineRewardJob(
      Source<DecisionRecord, ?, ?> decisions,
      SerializableSupplier<PastRun> past,
      Sinks sinks,
      SerializableSupplier<SearchBackend> backend,
      List<RewardConfig> rewards,
      EngineRewardConfig config,
      EngineCallConfig callConfig) {
    this.decisions = decisions;
    this.past = past;
    this.sinks = sinks;
    this.backend = backend;
    this.rewards = List.copyOf(rewards);
    this.config = config;
    this.callConfig = callConfig;
    new EnginePrices(rewards, config.reward()); // refuse impossible prices before the job starts
  }

  /**
   * Lays the job out.
   *
   * @throws IllegalArgumentException when checkpoints are unaligned: the ledger needs all operators
   *     at the same offsets at the barrier
   */
  public void build(StreamExecutionEnvironment env) {
    requireAlignedCheckpoints(env);
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(config.parallelism());
    TypeInformation<DecisionRecord> type = TypeInformation.of(DecisionRecord.class);

    var received =
        env.fromSource(decisions, WatermarkStrategy.noWatermarks(), "decisions", type)
            .uid("decisions")
            .process(new ReceiveDecisions(past), type)
            .uid("receive-decisions")
            .name("receive decisions");

    SingleOutputStreamOperator<RewardTuple> tuples =
        AsyncDataStream.orderedWait(
                received,
                new ScoreRollouts(backend, rewards, config, callConfig),
                NO_TIMEOUT,
                TimeUnit.MILLISECONDS,
                callConfig.capacity())
            .uid("score-rollouts")
            .name("score rollouts")
            .keyBy(EngineOutcome::queryId)
            .process(
                new RouteOutcomes(config.remember()), new AvroRecordTypeInfo<>(RewardTuple.class))
            .uid("route-outcomes")
            .name("route outcomes");

    var deadLetters =
        received
            .getSideOutput(SideOutputs.DEAD_LETTERS)
            .union(tuples.getSideOutput(SideOutputs.DEAD_LETTERS));
    var ledger =
        countMarks(received, "decisions")
            .union(countMarks(tuples, "outcomes"))
            .transform(
                "ledger", new AvroRecordTypeInfo<>(Ledger.class), new LedgerOperator(NAME, past))
            .uid("ledger")
            .forceNonParallel();

    tuples.sinkTo(sinks.rewards()).uid("write-rewards").name("write rewards");
    deadLetters.sinkTo(sinks.deadLetters()).uid("write-dead-letters").name("write dead letters");
    ledger.sinkTo(sinks.ledger()).uid("write-ledger").name("write ledger").setParallelism(1);
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
          "Unaligned checkpoints are on, the engine reward job expects aligned ones: its ledger"
              + " states what all subtasks have settled. Remove"
              + " execution.checkpointing.unaligned.enabled.");
    }
  }
}
