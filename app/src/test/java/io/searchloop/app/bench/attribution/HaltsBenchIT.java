package io.searchloop.app.bench.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.bench.TransactionMarkers;
import io.searchloop.schemas.Topics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltsBenchIT {
  @TempDir Path directory;

  @Test
  void whatReadersSeeAfterKillsIsWhatTheOracleAsksFor() {
    HaltsReport report =
        new HaltsBench(HaltsPlan.of(2, 7), directory, InstantSource.system(), line -> {})
            .call(List.of("bench", "halts", "--kills", "2"));

    assertThat(report.audit().violations()).isEmpty();
    assertThat(report.tuplesExpected()).isPositive().isEqualTo(report.tuplesFound());
    assertThat(report.tuplesTwice()).isZero();
    assertThat(report.met()).isTrue();
    assertThat(report.lives())
        .hasSize(2)
        .allSatisfy(life -> assertThat(life.completed()).isPositive());
    assertThat(report.restores()).as("the second life and the last").isEqualTo(2);
    TransactionMarkers rewards =
        Objects.requireNonNull(report.transactions().get(Topics.REWARDS.name()));
    assertThat(rewards.recordsCommitted()).isEqualTo(report.tuplesFound());
    assertThat(rewards.committed()).isPositive();
  }
}
