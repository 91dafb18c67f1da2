package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.OracleReport;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order, the join agrees with the batch oracle at every watermark. */
class JoinInteractionsProperties {
  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheOracleAtEveryWatermarkAndAcrossRestores(long seed) throws Exception {
    Random random = new Random(-seed);
    List<SourceRecord> records = RandomHistory.of(seed);
    long greatest = Long.MIN_VALUE;
    try (JoinHarness join = new JoinHarness(RandomHistory.CONFIG)) {
      for (int i = 0; i < records.size(); i++) {
        join.receive(records.get(i));
        greatest = Math.max(greatest, records.get(i).eventTime());
        if (random.nextInt(10) == 0) {
          join.watermark(greatest - RandomHistory.CONFIG.getLatenessMs() - 1);
          assertAgreement(join, records.subList(0, i + 1));
        }
        if (random.nextInt(40) == 0) {
          join.restore();
        }
      }
      join.watermark(Long.MAX_VALUE);
      assertAgreement(join, records);
      assertThat(join.openState()).isZero();
    }
  }

  private static void assertAgreement(JoinHarness join, List<SourceRecord> read) {
    OracleReport expected =
        new BatchOracle(RandomHistory.CONFIG)
            .expect(RandomHistory.log(read, join.late(), join.progress()));
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
