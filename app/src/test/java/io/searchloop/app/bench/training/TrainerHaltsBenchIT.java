package io.searchloop.app.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerHaltsBenchIT {
  @TempDir Path directory;

  @Test
  void aKilledTrainerReleasesWhatAnUninterruptedOneDoes() {
    TrainerHaltsReport report =
        new TrainerHaltsBench(
                TrainerHaltsPlan.of(2, 7), directory, InstantSource.system(), line -> {})
            .call(List.of("bench", "halts", "--component", "trainer", "--kills", "2"));

    assertThat(report.differences()).isEmpty();
    assertThat(report.audit().violations()).isEmpty();
    assertThat(report.audit().minibatches()).isEqualTo(report.minibatches()).isEqualTo(108);
    assertThat(report.lives()).hasSize(2).anyMatch(TrainerHaltsReport.Life::atWork);
    assertThat(report.releases()).isGreaterThan(2);
    assertThat(report.steps()).isPositive();
    assertThat(report.met()).isTrue();
  }
}
