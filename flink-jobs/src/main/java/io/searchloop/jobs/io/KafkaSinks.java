package io.searchloop.jobs.io;

import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Sinks of the jobs. Learning data is written exactly once: each checkpoint commits one transaction
 * a task, named by a stable prefix so that a restarted job finds and ends what it left open.
 * Control is written at least once and without transactions, because an open one would hide a
 * rollback.
 */
public final class KafkaSinks {
  /** The longest a job's transaction may last: a broker's default maximum, so none needs more. */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /**
   * A dead letter holds all of a record that a broker may just have accepted, perhaps compressed,
   * so it must be allowed to be larger than any record; otherwise one such record stops the job.
   */
  private static final long LARGEST_DEAD_LETTER_BYTES = 64 << 20;

  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final String prefix;

  /**
   * @param bootstrapServers addresses of the brokers
   * @param serdes where schemas go
   * @param prefix put before every topic name and transactional id; empty outside replays
   */
  public KafkaSinks(Brokers bootstrapServers, Serdes serdes, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.prefix = prefix;
  }

  /** Rewards by group key, dead letters by nothing, the ledger by source partition. */
  public RewardJob.Sinks rewardJob() {
    return new RewardJob.Sinks(
        exactlyOnce(Topics.REWARDS, RewardTuple::getGroupKey),
        deadLetters(writer(Topics.DEAD_LETTERS)),
        exactlyOnce(Topics.LEDGER, KafkaSinks::ledgerKey));
  }

  /** As of the reward job, in transactions of its own. */
  public EngineRewardJob.Sinks engineRewardJob() {
    String job = EngineRewardJob.NAME;
    return new EngineRewardJob.Sinks(
        exactlyOnce(Topics.REWARDS, RewardTuple::getGroupKey, job),
        deadLetters(writer(job, Topics.DEAD_LETTERS)),
        exactlyOnce(Topics.LEDGER, KafkaSinks::ledgerKey, job));
  }

  /** Minibatches, whose offset is their id. */
  public Sink<Minibatch> minibatches() {
    return exactlyOnce(Topics.MINIBATCHES, minibatch -> "");
  }

  /** Control records by decision id. */
  public Sink<PolicyControl> control() {
    return builder(Topics.POLICY_CONTROL, PolicyControl::getDecisionId)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setProperty("enable.idempotence", "true")
        .build();
  }

  private Sink<DeadLetter> deadLetters(String writer) {
    String largest = Long.toString(LARGEST_DEAD_LETTER_BYTES);
    return transactional(Topics.DEAD_LETTERS, letter -> "", writer)
        .setProperty("max.request.size", largest)
        .setProperty("buffer.memory", largest)
        .setProperty("compression.type", "lz4")
        .build();
  }

  private static String ledgerKey(Ledger ledger) {
    return ledger.getJob() + "/" + ledger.getTopic() + "/" + ledger.getPartition();
  }

  private <V extends SpecificRecord> Sink<V> exactlyOnce(
      Topic<V> topic, SerializableFunction<V, String> key) {
    return transactional(topic, key, writer(topic)).build();
  }

  private <V extends SpecificRecord> Sink<V> exactlyOnce(
      Topic<V> topic, SerializableFunction<V, String> key, String job) {
    return transactional(topic, key, writer(job, topic)).build();
  }

  private String writer(Topic<?> topic) {
    return prefix + topic.name();
  }

  /**
   * Two jobs that write one topic must not share ids, or each would end the other's transactions.
   * The job comes first: an id that only adds to another's is found by that one's prefix too.
   */
  private String writer(String job, Topic<?> topic) {
    return job + "-" + writer(topic);
  }

  private <V extends SpecificRecord> KafkaSinkBuilder<V> transactional(
      Topic<V> topic, SerializableFunction<V, String> key, String writer) {
    return builder(topic, key)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("searchloop-" + writer)
        .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()));
  }

  private <V extends SpecificRecord> KafkaSinkBuilder<V> builder(
      Topic<V> topic, SerializableFunction<V, String> key) {
    Topic<V> target = topic.prefixed(prefix);
    return KafkaSink.<V>builder()
        .setBootstrapServers(bootstrapServers.addresses())
        .setKafkaProducerConfig(bootstrapServers.properties())
        .setRecordSerializer(new KeyedAvroSchema<>(target.name(), key, opening(target)));
  }

  /** Topics do not serialize; their names and classes do. */
  private <V extends SpecificRecord> SerializableSupplier<AvroSerde<V>> opening(Topic<V> topic) {
    Serdes schemas = serdes;
    String name = topic.name();
    Class<V> valueClass = topic.valueClass();
    int partitions = topic.partitions();
    Topic.Retention retention = topic.retention();
    return () -> schemas.of(new Topic<>(name, valueClass, partitions, retention));
  }
}
