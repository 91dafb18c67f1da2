package io.searchloop.app.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.launcher.SmallShop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshnessBenchIT {
  @TempDir Path directory;

  @Test
  void followsClicksToDecisionsOfPoliciesThatLearnedFromThem() {
    FreshnessPlan plan =
        FreshnessPlan.of(
            Duration.ofSeconds(5), Duration.ofSeconds(30), SmallShop.values(1, Map.of()));

    FreshnessReport report =
        new FreshnessBench(
                plan,
                directory.resolve("run"),
                directory.resolve("warm-starts"),
                InstantSource.system(),
                line -> {})
            .call(List.of("bench", "freshness"));

    assertThat(report.followed()).isPositive().isLessThanOrEqualTo((int) report.rewarded());
    assertThat(report.rewarded()).isLessThan(report.clicks());
    assertThat(report.releases()).isPositive();
    assertThat(report.stages()).containsOnlyKeys(FreshnessStage.values());
    assertThat(report.stages().values())
        .allSatisfy(stage -> assertThat(stage.count()).isEqualTo(report.followed()));
    // By the settings a click waits for the rest of two seconds and one of lateness at most.
    assertThat(report.stages().get(FreshnessStage.ATTRIBUTION_WAIT).max()).isBetween(.001, 3.0);
  }
}
