package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.schemas.config.ConfigBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ValidityStudyTest {
  private static final ValidityPlan TINY =
      new ValidityPlan(150, 5, 3, 4, 4, 20, 400, 32, 1, List.of(1L));

  @TempDir Path directory;

  @Test
  void showsThatGrpoFromAColdStartNeverGetsOffTheGround() throws IOException {
    List<String> lines = new ArrayList<>();

    ValidityReport report =
        new ValidityStudy(TINY, InstantSource.fixed(Instant.EPOCH), lines::add)
            .run(GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class)));

    assertThat(report.rows())
        .extracting(ValidityRow::start)
        .containsExactly("warm", "brief", "cold");
    ValidityRow warm = report.rows().get(0);
    ValidityRow cold = report.rows().get(2);
    assertThat(warm.freeValidity()).isGreaterThan(cold.freeValidity() + .3);
    assertThat(cold.freeValidityAfter()).isLessThan(.2);
    assertThat(cold.flatShare()).isGreaterThan(.5);
    assertThat(report.table()).contains("| cold | 1 | 0 |");
    assertThat(lines).isNotEmpty();

    Path file = directory.resolve("reports/validity.json");
    report.write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("rows").path(2).path("free_validity_after").asDouble(-1))
        .isEqualTo(cold.freeValidityAfter());
  }

  @Test
  void confirmsOnlyWhatTheRowsShow() {
    assertThat(report(row("warm", .995, .9), row("cold", .4, .01)).confirmed()).isTrue();
    assertThat(report(row("warm", .98, .9), row("cold", .4, .01)).confirmed()).isFalse();
    assertThat(report(row("warm", .995, .9), row("cold", .4, .9)).confirmed()).isFalse();
  }

  @Test
  void rewardsTheShareOfRightWords() {
    assertThat(WordOverlap.f1("garden hoes", "garden hose")).isCloseTo(.5, within(1e-12));
    assertThat(WordOverlap.f1("garden hose", "garden hose")).isEqualTo(1);
    assertThat(WordOverlap.f1("hose hose hose", "garden hose")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(WordOverlap.f1("lamp", "garden hose")).isZero();
  }

  @Test
  void refusesAPlanThatShowsNothing() {
    assertThatThrownBy(() -> ValidityPlan.published(1, 10, List.of(1L)))
        .hasMessageContaining("the brief start the shorter");
  }

  private static ValidityReport report(ValidityRow... rows) {
    return new ValidityReport("test", 20, TINY, List.of(rows), 1);
  }

  private static ValidityRow row(String start, double served, double after) {
    return new ValidityRow(start, 1, 1, served, .5, after, 0, 0, 0, 0);
  }
}
