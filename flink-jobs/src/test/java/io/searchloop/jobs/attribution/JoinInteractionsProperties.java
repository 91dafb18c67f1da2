package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.OracleReport;
import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in whatever order, the join agrees with the batch oracle at every watermark: in
 * every tuple, exactly, and in every class of the audit equation. {@code -Pdeep} runs 10,000
 * histories, a plain build 500.
 */
class JoinInteractionsProperties {
  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("searchloop.seeds", 500));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheOracleAtEveryWatermarkAndAcrossRestores(long seed) throws Exception {
    new Run(seed, new HashMapStateBackend()).toTheEnd();
  }

  static LongStream fewSeeds() {
    return seeds().limit(10);
  }

  @ParameterizedTest
  @MethodSource("fewSeeds")
  void agreesWithTheOracleOnRocksDb(long seed) throws Exception {
    new Run(seed, new EmbeddedRocksDBStateBackend(false)).toTheEnd();
  }

  /** One history, worked off record by record. */
  private static final class Run {
    private final Random random;
    private final RandomHistory history;
    private final List<RewardConfig> unsent;
    private final List<RewardConfig> sent = new ArrayList<>();
    private final StateBackend backend;

    Run(long seed, StateBackend backend) {
      this.random = new Random(-seed);
      this.history = RandomHistory.of(seed);
      this.unsent = new ArrayList<>(history.configs());
      this.backend = backend;
      int known = 1 + random.nextInt(2);
      for (int i = 0; i < known; i++) {
        sent.add(unsent.remove(0));
      }
    }

    void toTheEnd() throws Exception {
      List<SourceRecord> records = history.records();
      long greatest = Long.MIN_VALUE;
      try (JoinHarness join = new JoinHarness(sent, RandomHistory.TICK_MS, backend)) {
        for (int i = 0; i < records.size(); i++) {
          join.receive(records.get(i));
          greatest = Math.max(greatest, records.get(i).eventTime());
          if (random.nextInt(10) == 0) {
            advance(join, RandomHistory.watermark(greatest));
            assertAgreement(join, records.subList(0, i + 1));
          }
          if (random.nextInt(40) == 0) {
            join.restore();
          }
        }
        advance(join, Long.MAX_VALUE);
        assertAgreement(join, records);
        assertThat(join.openState()).isZero();
      }
    }

    /** A configuration comes at the last moment. */
    private void advance(JoinHarness join, long watermark) throws Exception {
      while (!unsent.isEmpty() && unsent.get(0).getEffectiveFrom().toEpochMilli() <= watermark) {
        RewardConfig config = unsent.remove(0);
        join.configure(config);
        sent.add(config);
      }
      join.watermark(watermark);
    }

    private void assertAgreement(JoinHarness join, List<SourceRecord> read) {
      OracleReport expected =
          new BatchOracle(sent).expect(RandomHistory.log(read, join.late(), join.progress()));
      assertThat(join.tuples()).isEqualTo(expected.tuples());
      expected
          .counts()
          .forEach(
              (partition, counts) -> {
                assertThat(counts.balanced()).isTrue();
                assertThat(join.counts(partition)).as("%s", partition).isEqualTo(counts.byClass());
              });
    }
  }
}
