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

/** From this version to this version; {@code ./searchloop bench upgrade} takes an older one. */
@Tag("external")
class UpgradeRunIT {
  private static final Path THIS_CHECKOUT = Path.of("").toAbsolutePath().getParent();

  /** With the log of each process; it stays when the test fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void everythingIsReplacedUnderShoppers() {
    UpgradePlan plan = new UpgradePlan(THIS_CHECKOUT, Duration.ofSeconds(5), 2, 7, Map.of());

    UpgradeReport report =
        new UpgradeRun(plan, directory, InstantSource.system(), line -> {}).call(List.of());

    assertThat(report.conclusions()).contains("All promises held.");
    assertThat(report.steps())
        .extracting(UpgradeReport.Step::name)
        .containsExactly("broker", "registry", "flink", "trainer", "worker-1", "worker-2");
    assertThat(report.promises().eventsTaken()).isPositive();
    assertThat(report.promises().audit().tuples()).isPositive();
  }
}
