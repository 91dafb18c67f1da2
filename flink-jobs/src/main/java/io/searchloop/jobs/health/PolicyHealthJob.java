package io.searchloop.jobs.health;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.policy.control.ControlEntry;
import io.searchloop.schemas.PolicyControl;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Turns releases into the active policy, by control records that anyone may overrule. With
 * promotion by canary it compares what visitors of the candidate and of its control earned
 * (docs/adr/0033, DISCUSSION.md).
 */
public final class PolicyHealthJob {
  /** Name of the job in Flink. */
  public static final String NAME = "policy-health";

  private static final String ONE_POLICY = "policy";

  /**
   * Where records come from.
   *
   * @param releases the release log from its beginning
   * @param control the control log from its beginning
   * @param searches decisions, as far as trials go; read for canaries only
   * @param rewards base tuples, likewise
   */
  public record Sources(
      Source<ReleaseEntry, ?, ?> releases,
      Source<ControlEntry, ?, ?> control,
      Source<TrialSearch, ?, ?> searches,
      Source<SearchReward, ?, ?> rewards) {}

  private final Sources sources;
  private final Sink<PolicyControl> control;
  private final HealthConfig config;
  private final TrialConfig trial;

  /**
   * @param control the control log; must not be transactional, since an open transaction would hide
   *     an operator's rollback
   * @param trial how a canary is compared
   */
  public PolicyHealthJob(
      Sources sources, Sink<PolicyControl> control, HealthConfig config, TrialConfig trial) {
    this.sources = sources;
    this.control = control;
    this.config = config;
    this.trial = trial;
  }

  /** Lays the job out. */
  public void build(StreamExecutionEnvironment env) {
    env.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            // Trials have state of their own, which nobody claims once they are switched off.
            .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true));
    env.setParallelism(1);
    DataStream<ReleaseEntry> releases =
        read(env, sources.releases(), "releases", ReleaseEntry.class);
    DataStream<ControlEntry> decisions =
        read(env, sources.control(), "control", ControlEntry.class);

    SingleOutputStreamOperator<PolicyControl> promotions =
        releases
            .keyBy(release -> ONE_POLICY)
            .connect(decisions.keyBy(entry -> ONE_POLICY))
            .process(new PromoteReleases(config), new AvroRecordTypeInfo<>(PolicyControl.class))
            .uid("promote-releases")
            .name("promote releases");

    DataStream<PolicyControl> proposals =
        config.promotion() == HealthConfig.Promotion.CANARY
            ? promotions.union(verdicts(env, promotions.getSideOutput(PromoteReleases.HEADS)))
            : promotions;
    proposals.sinkTo(control).uid("write-control").name("write control");
  }

  private DataStream<PolicyControl> verdicts(
      StreamExecutionEnvironment env, DataStream<TrialHead> heads) {
    DataStream<TrialSearch> searches =
        env.fromSource(
                sources.searches(),
                inEventTime(TrialSearch::time),
                "searches",
                TypeInformation.of(TrialSearch.class))
            .uid("searches")
            .filter(TrialSearch::compared)
            .name("of a trial");
    DataStream<SearchReward> rewards =
        env.fromSource(
                sources.rewards(),
                inEventTime(PolicyHealthJob::shopperTime),
                "rewards",
                TypeInformation.of(SearchReward.class))
            .uid("rewards")
            .filter(SearchReward::ofShopper)
            .name("of shoppers");

    return searches
        .keyBy(TrialSearch::queryId)
        .connect(rewards.keyBy(SearchReward::queryId))
        .process(new JoinRewards(trial), TypeInformation.of(TrialSearch.class))
        .uid("join-rewards")
        .name("join rewards")
        .keyBy(TrialSearch::visitor)
        .process(new CollectVisitors(trial), TypeInformation.of(TrialVisitor.class))
        .uid("collect-visitors")
        .name("collect visitors")
        .keyBy(visitor -> ONE_POLICY)
        .connect(heads.keyBy(head -> ONE_POLICY))
        .process(new JudgeCandidate(trial), new AvroRecordTypeInfo<>(PolicyControl.class))
        .uid("judge-candidate")
        .name("judge candidate");
  }

  /**
   * An engine's reward comes before shoppers' of the same minute: it moves event time by nothing.
   */
  private static long shopperTime(SearchReward reward) {
    return reward.ofShopper() ? reward.time() : Long.MIN_VALUE;
  }

  private <T> WatermarkStrategy<T> inEventTime(EventTimeOf<T> time) {
    return WatermarkStrategy.<T>forBoundedOutOfOrderness(trial.outOfOrderness())
        .withTimestampAssigner((record, ignored) -> time.of(record))
        .withIdleness(trial.idleTimeout());
  }

  private static <T> DataStream<T> read(
      StreamExecutionEnvironment env, Source<T, ?, ?> source, String name, Class<T> type) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(type))
        .uid(name);
  }

  /** When something happened, epoch milliseconds. */
  @FunctionalInterface
  private interface EventTimeOf<T> extends java.io.Serializable {
    long of(T record);
  }
}
