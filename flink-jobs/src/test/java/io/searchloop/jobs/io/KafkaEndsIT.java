package io.searchloop.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.fixtures.Records;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.EventLog;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.OracleReport;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs between real topics, stopped without warning and restored. */
class KafkaEndsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;
  private TestKafka kafka;
  private RetainedCheckpoints checkpoints;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    kafka = new TestKafka(directory.resolve("kafka"));
    checkpoints = new RetainedCheckpoints(directory.resolve("checkpoints"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    kafka.close();
  }

  @Test
  void commitsExactlyTheTuplesOfTheLedgerAcrossCancelledRuns() throws Exception {
    RandomHistory history = RandomHistory.of(LongStream.range(0, 60).toArray());
    List<SourceRecord> records = history.records();
    List<SourceRecord> sent = new ArrayList<>();
    int third = records.size() / 3;
    for (int run = 0; run < 3; run++) {
      JobClient job = submitRewardJob(history.configs());
      List<SourceRecord> part = records.subList(run * third, (run + 1) * third);
      produce(part);
      sent.addAll(part);
      awaitLedger(job, ledger -> covers(ledger, sent));
      job.cancel().get();
      awaitEnd(job);
    }
    JobClient job = submitRewardJob(history.configs());
    producer.send(new ProducerRecord<>(Topics.EVENTS.name(), 0, null, new byte[] {1, 2, 3})).get();
    awaitLedger(job, ledger -> deadLetters(ledger) == 1);
    job.cancel().get();
    awaitEnd(job);

    Map<SourcePartition, Ledger> ledger = latest(read(Topics.LEDGER));
    Map<Boolean, Set<SourcePosition>> refused = refused();
    OracleReport expected = new BatchOracle(history.configs()).expect(log(sent, refused, ledger));
    assertThat(tuples()).containsExactlyElementsOf(expected.tuples()).hasSizeGreaterThan(100);
    expected
        .counts()
        .forEach(
            (partition, counts) -> {
              assertThat(counts.balanced()).isTrue();
              assertThat(ledger.get(partition).getAccepted()).isEqualTo(counts.accepted());
            });
  }

  /** Every checkpoint is lost: the job reads all records again, and writes no tuple twice. */
  @Test
  void beginsWithoutStateAndWritesEachTupleOnce() throws Exception {
    RandomHistory history = RandomHistory.of(LongStream.range(100, 160).toArray());
    List<SourceRecord> records = history.records();
    int half = records.size() / 2;
    JobClient first = submitRewardJob(history.configs());
    produce(records.subList(0, half));
    awaitLedger(first, ledger -> covers(ledger, records.subList(0, half)));
    first.cancel().get();
    awaitEnd(first);
    long lastCheckpoint = lastCheckpoint();
    int written = tuples().size();
    Files.move(directory.resolve("checkpoints"), directory.resolve("lost"));

    JobClient again = submitRewardJob(history.configs());
    produce(records.subList(half, records.size()));
    awaitLedger(again, ledger -> covers(since(lastCheckpoint, ledger), records));
    again.cancel().get();
    awaitEnd(again);

    Map<SourcePartition, Ledger> ledger = latest(read(Topics.LEDGER));
    OracleReport expected =
        new BatchOracle(history.configs()).expect(log(records, refused(), ledger));
    assertThat(lastCheckpoint()).isGreaterThan(lastCheckpoint);
    assertThat(tuples()).containsExactlyElementsOf(expected.tuples()).hasSizeGreaterThan(written);
    assertThat(written).isGreaterThan(50);
    expected
        .counts()
        .forEach(
            (partition, counts) -> {
              assertThat(ledger.get(partition).getAccepted()).isEqualTo(counts.accepted());
              assertThat(ledger.get(partition).getLate()).isEqualTo(counts.count(RecordClass.LATE));
            });
    List<DeadLetter> letters = read(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(refused().values().stream().mapToInt(Set::size).sum());
  }

  private long lastCheckpoint() {
    return read(Topics.LEDGER).stream().mapToLong(Ledger::getCheckpointId).max().orElse(0);
  }

  private static List<Ledger> since(long checkpoint, List<Ledger> ledger) {
    return ledger.stream().filter(entry -> entry.getCheckpointId() > checkpoint).toList();
  }

  private JobClient submitRewardJob(List<RewardConfig> configs) throws Exception {
    StreamExecutionEnvironment env = checkpoints.environment();
    new RewardJob(
            sources().rewardJob(),
            sinks().rewardJob(),
            configs,
            ConfigBinder.defaults(AttributionConfig.class))
        .build(env);
    return env.executeAsync();
  }

  private KafkaSources sources() {
    return new KafkaSources(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "");
  }

  private KafkaSinks sinks() {
    return new KafkaSinks(Brokers.at(kafka.bootstrapServers()), kafka.serdes(), "");
  }

  /** Sends records to the partitions the history chose, so that offsets agree with it. */
  private void produce(List<SourceRecord> records) {
    var decisions = kafka.serdes().of(Topics.DECISIONS);
    var events = kafka.serdes().of(Topics.EVENTS);
    for (SourceRecord record : records) {
      byte[] value =
          record.kind() == SourceRecord.Kind.DECISION
              ? decisions.encode(Records.decision(record))
              : events.encode(Records.event(record));
      producer.send(new ProducerRecord<>(topic(record), record.partition(), record.key(), value));
    }
    producer.flush();
  }

  private static String topic(SourceRecord record) {
    return record.kind() == SourceRecord.Kind.DECISION
        ? Topics.DECISIONS.name()
        : Topics.EVENTS.name();
  }

  private static boolean covers(List<Ledger> ledger, List<SourceRecord> sent) {
    Map<SourcePartition, Ledger> latest = latest(ledger);
    return sent.stream()
        .allMatch(
            record -> {
              Ledger entry = latest.get(new SourcePartition(topic(record), record.partition()));
              return entry != null && entry.getNextOffset() > record.offset();
            });
  }

  /** Entries are totals: an entry repeated is not another dead letter. */
  private static long deadLetters(List<Ledger> ledger) {
    return latest(ledger).values().stream().mapToLong(Ledger::getDeadLetter).sum();
  }

  private static Map<SourcePartition, Ledger> latest(List<Ledger> ledger) {
    Map<SourcePartition, Ledger> latest = new HashMap<>();
    ledger.forEach(l -> latest.put(new SourcePartition(l.getTopic(), l.getPartition()), l));
    return latest;
  }

  /** Positions of dead letters: late ones under true. */
  private Map<Boolean, Set<SourcePosition>> refused() {
    Map<Boolean, Set<SourcePosition>> refused = new HashMap<>();
    refused.put(true, new HashSet<>());
    refused.put(false, new HashSet<>());
    for (DeadLetter letter : read(Topics.DEAD_LETTERS)) {
      refused
          .get(letter.getReason() == DeadLetterReason.LATE)
          .add(new SourcePosition(letter.getTopic(), letter.getPartition(), letter.getOffset()));
    }
    return refused;
  }

  private static EventLog log(
      List<SourceRecord> sent,
      Map<Boolean, Set<SourcePosition>> refused,
      Map<SourcePartition, Ledger> ledger) {
    List<SourceRecord> located =
        sent.stream()
            .map(
                r ->
                    new SourceRecord(
                        r.kind(),
                        topic(r),
                        r.partition(),
                        r.offset(),
                        r.visitor(),
                        r.eventTime(),
                        r.brokerTime(),
                        r.key(),
                        r.value(),
                        r.facts(),
                        null))
            .toList();
    Map<SourcePartition, Long> next = new HashMap<>();
    ledger.forEach((partition, entry) -> next.put(partition, entry.getNextOffset()));
    long watermark = ledger.values().iterator().next().getWatermark();
    EventLog whole = RandomHistory.log(located, Set.of(), watermark);
    return new EventLog(
        whole.decisions(), whole.events(), refused.get(false), refused.get(true), next, watermark);
  }

  private List<ExpectedTuple> tuples() {
    return read(Topics.REWARDS).stream()
        .map(
            t ->
                new ExpectedTuple(
                    t.getQueryId(),
                    t.getRolloutId(),
                    t.getSequence(),
                    t.getReward(),
                    t.getPreference(),
                    t.getTrainable()))
        .sorted()
        .toList();
  }

  private void awaitLedger(JobClient job, Predicate<List<Ledger>> condition) {
    await(
        Topics.LEDGER,
        ledger -> {
          assertThat(job.getJobExecutionResult()).as("job while it should run").isNotDone();
          return condition.test(ledger);
        });
  }

  private static void awaitEnd(JobClient job) {
    assertThat(job.getJobExecutionResult()).failsWithin(PATIENCE);
  }

  /** Reads a topic until what it holds satisfies the condition. */
  private <V extends SpecificRecord> List<V> await(Topic<V> topic, Predicate<List<V>> condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    List<V> records = read(topic);
    while (!condition.test(records)) {
      assertThat(Instant.now()).as("waiting for %s", topic.name()).isBefore(deadline);
      records = read(topic);
    }
    return records;
  }

  /** Everything committed in a topic. */
  private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    return TopicLog.readAll(topic, Brokers.at(kafka.bootstrapServers()), kafka.serdes()).stream()
        .map(Located::value)
        .toList();
  }
}
