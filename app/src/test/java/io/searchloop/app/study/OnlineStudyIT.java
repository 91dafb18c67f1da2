package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.launcher.SmallShop;
import io.searchloop.schemas.config.ConfigBinder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole loop with robots and a catalogue that changes, told apart by what versions are worth.
 */
class OnlineStudyIT {
  private static final Map<String, String> SETTINGS =
      SmallShop.values(1, Map.of("shoppers.robot-share", "0.2"));
  private static final Dataset SHOP = shop();

  @TempDir Path directory;

  @Test
  void saysWhatVersionsAreWorthBeforeAndAfterTheCatalogueChanged() {
    OnlineReport report = study().run(List.of("study", "online"));

    OnlineOutcome outcome = report.outcomes().get(0);
    assertThat(outcome.searches()).isPositive();
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.robots()).isPositive();
    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.versions()).extracting(VersionWorth::minutes).isSorted();
    assertThat(outcome.versions().get(0).worth())
        .isEqualTo(outcome.before().fixed().get("warm-start"));
    assertThat(outcome.before().oracle()).isGreaterThanOrEqualTo(outcome.before().bestFixed());
    assertThat(outcome.before().ideal()).isGreaterThanOrEqualTo(outcome.before().oracle());
    assertThat(outcome.after().fixed().get("typed+spell"))
        .as("half of what shoppers like is gone")
        .isLessThan(outcome.before().fixed().get("typed+spell"));
    assertThat(outcome.after().ideal())
        .as("nobody can find what is gone")
        .isLessThan(outcome.before().ideal());
    assertThat(outcome.changedMinutes()).isBetween(0.0, outcome.minutes());
    assertThat(outcome.versions())
        .as("what served when products went serves on without them")
        .anyMatch(version -> version.minutes() == outcome.changedMinutes());
    assertThat(report.table()).contains("| withdrawn | 1 |", "clean");

    assertThatThrownBy(() -> study(Duration.ofSeconds(21)).run(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was made under shopping PT20S, expected PT21S");
    assertThat(study().run(List.of()).outcomes())
        .as("a shop that is done is not opened again")
        .isEqualTo(report.outcomes());
  }

  private OnlineStudy study() {
    return study(Duration.ofSeconds(20));
  }

  private OnlineStudy study(Duration shopping) {
    return new OnlineStudy(
        new OnlinePlan(List.of(1L), List.of(OnlineScenario.WITHDRAWN), shopping, SETTINGS),
        seed -> SHOP,
        seed -> null,
        directory,
        InstantSource.system(),
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  private static Dataset shop() {
    ConfigBinder binder = new ConfigBinder(SETTINGS);
    return GeneratedMarketplace.generate(binder.bind("marketplace", MarketplaceConfig.class));
  }
}
