package io.searchloop.app.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackBenchIT {
  @TempDir Path directory;

  @Test
  void everyWorkerObeysEveryRollbackAlsoWhileATransactionIsOpen() {
    RollbackPlan plan = new RollbackPlan(2, 5, Duration.ZERO, true);

    RollbackReport report =
        new RollbackBench(
                plan,
                directory.resolve("run"),
                directory.resolve("warm-starts"),
                InstantSource.system(),
                line -> {})
            .call(List.of("bench", "rollback"));

    assertThat(report.undisturbed().count()).isEqualTo(3);
    assertThat(report.openTransaction().count()).isEqualTo(2);
    assertThat(report.eachWorker().count()).isEqualTo(10);
    assertThat(report.artifactBytes()).isPositive();
  }
}
