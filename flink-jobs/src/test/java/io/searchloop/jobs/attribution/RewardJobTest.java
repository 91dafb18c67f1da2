package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.searchloop.jobs.fixtures.InMemory;
import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.fixtures.Records;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.ClassCounts;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.OracleReport;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class RewardJobTest {
  private static final TypeInformation<SourceRecord> RECORDS =
      TypeInformation.of(SourceRecord.class);

  private final InMemory.Collected<RewardTuple> rewards = new InMemory.Collected<>();
  private final InMemory.Collected<DeadLetter> deadLetters = new InMemory.Collected<>();
  private final InMemory.Collected<Ledger> ledger = new InMemory.Collected<>();

  @Test
  void agreesWithTheOracleOnManyVisitorsInParallel() throws Exception {
    RandomHistory history = RandomHistory.of(LongStream.range(1000, 1060).toArray());

    run(history);

    Set<SourcePosition> late = new HashSet<>();
    deadLetters
        .records()
        .forEach(d -> late.add(new SourcePosition(d.getTopic(), d.getPartition(), d.getOffset())));
    OracleReport expected =
        new BatchOracle(history.configs())
            .expect(RandomHistory.log(history.records(), late, Long.MAX_VALUE));
    assertThat(tuples()).isEqualTo(expected.tuples()).hasSizeGreaterThan(100);
    assertThat(finalCounts()).isEqualTo(expected.counts());
    assertThat(ledger.records())
        .allSatisfy(record -> assertThat(counts(record).balanced()).isTrue());
  }

  @Test
  void carriesNoVisitorIntoTheRewards() throws Exception {
    run(RandomHistory.of(1));

    assertThat(rewards.records())
        .isNotEmpty()
        .allSatisfy(tuple -> assertThat(tuple.toString()).doesNotContain("client_id"));
  }

  @Test
  void refusesUnalignedCheckpoints() {
    Configuration unaligned = new Configuration().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(unaligned);
    env.enableCheckpointing(100);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> job(RandomHistory.of(1)).build(env))
        .withMessageContaining("execution.checkpointing.unaligned.enabled");
  }

  /** A savepoint finds its state by these names: a version that changes one forgets it. */
  @Test
  void keepsTheNamesThatSavepointsKnow() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    job(RandomHistory.of(1)).build(env);

    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains(
            "decisions",
            "events",
            "reward-configs",
            "receive-decisions",
            "receive-events",
            "admit-configs",
            "join-interactions",
            "count-decisions",
            "count-events",
            "count-interactions",
            "ledger");
  }

  private void run(RandomHistory history) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    env.enableCheckpointing(20);
    env.getConfig().setAutoWatermarkInterval(1);
    job(history).build(env);
    env.execute(RewardJob.NAME);
  }

  private RewardJob job(RandomHistory history) {
    return new RewardJob(
        new RewardJob.Sources(
            source(history, SourceRecord.Kind.DECISION),
            source(history, SourceRecord.Kind.EVENT),
            InMemory.source(List.of(Records.of(history.configs().get(0), 0)), RECORDS),
            Records.READERS,
            () -> PastRun.NONE),
        new RewardJob.Sinks(rewards, deadLetters, ledger),
        history.configs(),
        ConfigBinder.defaults(AttributionConfig.class));
  }

  private static Source<SourceRecord, ?, ?> source(RandomHistory history, SourceRecord.Kind kind) {
    return InMemory.source(
        history.records().stream().filter(record -> record.kind() == kind).toList(), RECORDS);
  }

  private List<ExpectedTuple> tuples() {
    return rewards.records().stream().map(JoinHarness::expected).sorted().toList();
  }

  private Map<SourcePartition, ClassCounts> finalCounts() {
    Map<SourcePartition, ClassCounts> last = new HashMap<>();
    for (Ledger record : ledger.records()) {
      last.put(new SourcePartition(record.getTopic(), record.getPartition()), counts(record));
    }
    return last;
  }

  private static ClassCounts counts(Ledger ledger) {
    Map<RecordClass, Long> counts = new HashMap<>();
    counts.put(RecordClass.JOINED, ledger.getJoined());
    counts.put(RecordClass.DUPLICATE, ledger.getDuplicate());
    counts.put(RecordClass.QUARANTINED, ledger.getQuarantined());
    counts.put(RecordClass.DANGLING, ledger.getDangling());
    counts.put(RecordClass.ERASED, ledger.getErased());
    counts.put(RecordClass.LATE, ledger.getLate());
    counts.put(RecordClass.DEAD_LETTER, ledger.getDeadLetter());
    counts.put(RecordClass.PENDING, ledger.getPending());
    counts.values().removeIf(count -> count == 0);
    return new ClassCounts(ledger.getAccepted(), counts);
  }
}
