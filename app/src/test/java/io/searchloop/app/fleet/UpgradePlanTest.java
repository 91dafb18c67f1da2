package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradePlanTest {
  @TempDir private Path older;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(older.resolve("app/target/classes"));
    Files.createDirectories(older.resolve("app/target/lib"));
  }

  @Test
  void theClassPathIsThatOfTheOlderCheckout() {
    assertThat(plan(older, 2).olderClassPath())
        .isEqualTo(
            older.resolve("app/target/classes")
                + File.pathSeparator
                + older.resolve("app/target/lib")
                + "/*");
  }

  @Test
  void givenSettingsStandAboveThoseOfThePlan() {
    UpgradePlan plan =
        new UpgradePlan(older, Duration.ZERO, 2, 7, Map.of("reward.short-window", "PT9S"));

    assertThat(plan.settings())
        .containsEntry("reward.short-window", "PT9S")
        .containsEntry("marketplace.seed", "7");
  }

  @Test
  void refusesWhatIsNotBuiltAndALoneWorker() throws IOException {
    assertThatThrownBy(() -> plan(older, 1))
        .hasMessageContaining("workers is 1, expected 2 at least");
    Files.delete(older.resolve("app/target/lib"));
    assertThatThrownBy(() -> plan(older, 2))
        .hasMessageContaining("app/target/lib, expected that of a built checkout");
  }

  private static UpgradePlan plan(Path from, int workers) {
    return new UpgradePlan(from, Duration.ZERO, workers, 7, Map.of());
  }
}
