package io.searchloop.jobs.io;

import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.DecisionRecord;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.health.ReleaseEntry;
import io.searchloop.jobs.health.SearchReward;
import io.searchloop.jobs.health.TrialSearch;
import io.searchloop.jobs.intake.RecordDecoder;
import io.searchloop.jobs.intake.RecordReaders;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastLessons;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.policy.control.ControlEntry;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Sources of the jobs. All read from the beginning unless restored, and only what is committed.
 * Offsets live in Flink's checkpoints; the consumer groups only show progress.
 */
public final class KafkaSources {
  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final String prefix;
  private final Boundedness boundedness;

  /**
   * @param bootstrapServers addresses of the brokers
   * @param serdes where schemas come from
   * @param prefix put before every topic name; empty outside replays
   */
  public KafkaSources(Brokers bootstrapServers, Serdes serdes, String prefix) {
    this(bootstrapServers, serdes, prefix, Boundedness.CONTINUOUS_UNBOUNDED);
  }

  private KafkaSources(
      Brokers bootstrapServers, Serdes serdes, String prefix, Boundedness boundedness) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.prefix = prefix;
    this.boundedness = boundedness;
  }

  /**
   * The same sources, which end where the topics end when the job starts: every window then closes
   * and the job finishes. A bounded job must not be restored from a checkpoint; it would never end.
   */
  public KafkaSources bounded() {
    return new KafkaSources(bootstrapServers, serdes, prefix, Boundedness.BOUNDED);
  }

  /** Decisions, events and reward configurations. */
  public RewardJob.Sources rewardJob() {
    Serdes schemas = serdes;
    String before = prefix;
    TypeInformation<SourceRecord> type = TypeInformation.of(SourceRecord.class);
    return new RewardJob.Sources(
        source(
            Topics.DECISIONS.name(),
            RewardJob.NAME,
            type,
            () -> {
              var decoder =
                  RecordDecoder.ofDecisions(
                      schemas.of(Topics.DECISIONS.prefixed(before))::deserialize);
              return record -> decoder.decode(RawRecords.of(record));
            }),
        source(
            Topics.EVENTS.name(),
            RewardJob.NAME,
            type,
            () -> {
              var decoder =
                  RecordDecoder.ofEvents(schemas.of(Topics.EVENTS.prefixed(before))::deserialize);
              return record -> decoder.decode(RawRecords.of(record));
            }),
        source(
            Topics.REWARD_CONFIG.name(),
            RewardJob.NAME,
            type,
            () -> {
              var decoder =
                  RecordDecoder.ofConfigs(
                      schemas.of(Topics.REWARD_CONFIG.prefixed(before))::deserialize);
              return record -> decoder.decode(RawRecords.of(record));
            }),
        () ->
            new RecordReaders(
                schemas.of(Topics.DECISIONS.prefixed(before))::deserialize,
                schemas.of(Topics.REWARD_CONFIG.prefixed(before))::deserialize),
        past(RewardJob.NAME, false));
  }

  /** What an earlier run of a job left; asked by tasks that begin without state. */
  private SerializableSupplier<PastRun> past(String job, boolean engine) {
    Brokers brokers = bootstrapServers;
    Serdes schemas = serdes;
    String before = prefix;
    WrittenSoFar written =
        WrittenSoFar.on(
            brokers,
            Stream.of(Topics.LEDGER, Topics.REWARDS, Topics.DEAD_LETTERS)
                .map(topic -> before + topic.name())
                .toList());
    return () -> new KafkaPastRun(brokers, schemas, before, job, engine, written);
  }

  /** Decisions of all modes, input of the engine reward job. */
  public Source<DecisionRecord, ?, ?> engineRewardJob() {
    Serdes schemas = serdes;
    String before = prefix;
    return source(
        Topics.DECISIONS.name(),
        EngineRewardJob.NAME,
        TypeInformation.of(DecisionRecord.class),
        () -> {
          var serde = schemas.of(Topics.DECISIONS.prefixed(before));
          return record -> DecisionRecords.of(record, serde);
        });
  }

  /** What an earlier run of the engine reward job left. */
  public SerializableSupplier<PastRun> engineRewardPast() {
    return past(EngineRewardJob.NAME, true);
  }

  /** Base tuples and corrections, input of the minibatch job. */
  public Source<RewardTuple, ?, ?> rewards() {
    Serdes schemas = serdes;
    String before = prefix;
    return source(
        Topics.REWARDS.name(),
        "minibatch",
        new AvroRecordTypeInfo<>(RewardTuple.class),
        () -> {
          var serde = schemas.of(Topics.REWARDS.prefixed(before));
          return record -> serde.deserialize(record.value());
        });
  }

  /** Rollouts that are in minibatches already; asked by tasks that begin without state. */
  public SerializableSupplier<PastLessons> lessons() {
    Brokers brokers = bootstrapServers;
    Serdes schemas = serdes;
    String before = prefix;
    String topic = before + Topics.MINIBATCHES.name();
    WrittenSoFar written = WrittenSoFar.on(brokers, List.of(topic));
    return () -> {
      PastLessons.Collector lessons = new PastLessons.Collector();
      written.read(Topics.MINIBATCHES.prefixed(before), brokers, schemas, lessons::add);
      return lessons.lessons();
    };
  }

  /** Releases and control records; decisions and rewards as far as trials go. */
  public PolicyHealthJob.Sources policyHealthJob() {
    Serdes schemas = serdes;
    String before = prefix;
    return new PolicyHealthJob.Sources(
        source(
            Topics.POLICY_RELEASES.name(),
            PolicyHealthJob.NAME,
            TypeInformation.of(ReleaseEntry.class),
            () -> {
              var serde = schemas.of(Topics.POLICY_RELEASES.prefixed(before));
              return record ->
                  PolicyRecords.release(record.offset(), serde.deserialize(record.value()));
            }),
        source(
            Topics.POLICY_CONTROL.name(),
            PolicyHealthJob.NAME,
            TypeInformation.of(ControlEntry.class),
            () -> {
              var serde = schemas.of(Topics.POLICY_CONTROL.prefixed(before));
              return record ->
                  PolicyRecords.control(record.offset(), serde.deserialize(record.value()));
            }),
        source(
            Topics.DECISIONS.name(),
            PolicyHealthJob.NAME,
            TypeInformation.of(TrialSearch.class),
            () -> {
              var serde = schemas.of(Topics.DECISIONS.prefixed(before));
              return record -> {
                Decision decision = DecisionRecords.of(record, serde).decision();
                return decision == null
                    ? TrialSearch.none(record.timestamp())
                    : TrialSearch.of(decision);
              };
            }),
        source(
            Topics.REWARDS.name(),
            PolicyHealthJob.NAME,
            TypeInformation.of(SearchReward.class),
            () -> {
              var serde = schemas.of(Topics.REWARDS.prefixed(before));
              return record -> SearchReward.of(serde.deserialize(record.value()));
            }));
  }

  private <T> Source<T, ?, ?> source(
      String topic,
      String group,
      TypeInformation<T> type,
      SerializableSupplier<OpenedSchema.Reader<T>> reader) {
    KafkaSourceBuilder<T> builder =
        KafkaSource.<T>builder()
            .setBootstrapServers(bootstrapServers.addresses())
            .setProperties(bootstrapServers.properties())
            .setTopics(prefix + topic)
            .setGroupId("searchloop-" + prefix + group)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("isolation.level", "read_committed")
            .setDeserializer(new OpenedSchema<>(type, reader));
    if (boundedness == Boundedness.BOUNDED) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }
}
