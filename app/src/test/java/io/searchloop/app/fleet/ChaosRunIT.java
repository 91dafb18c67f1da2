package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short storm; {@code ./searchloop chaos} has long ones. */
@Tag("external")
class ChaosRunIT {
  /** With the log of each process; it stays when the test fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void promisesHoldThroughAShortStorm() {
    ChaosPlan plan = new ChaosPlan(Duration.ofMinutes(2), 7, Duration.ofSeconds(8), 2, Map.of());

    ChaosReport report =
        new ChaosRun(plan, directory, InstantSource.system(), line -> {}).call(List.of());

    assertThat(report.conclusions()).contains("All promises held.");
    assertThat(report.faults()).hasSizeGreaterThan(4);
    assertThat(report.promises().eventsTaken()).isPositive();
    assertThat(report.promises().audit().tuples()).isPositive();
    assertThat(report.promises().evidence().releases()).isGreaterThan(1);
  }
}
