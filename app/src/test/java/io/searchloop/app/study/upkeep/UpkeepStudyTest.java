package io.searchloop.app.study.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.PolicyDirectory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepStudyTest {
  private static final Dataset SHOP = TinyTraining.shop();

  /** So small a policy finds nothing by its rewrites alone. */
  private static final Map<String, String> SMALL =
      Map.of("train.queries", "8", "engine.combination", "union");

  @TempDir private static Path directory;

  private static UpkeepReport report;

  @BeforeAll
  static void runOnce() {
    TinyTraining.run(
            SHOP,
            directory.resolve("policies/seed-1/warm-start"),
            Map.of("train.steps", "1", "trainer.learning-rate", "0"))
        .run();
    report = run(.1);
  }

  @Test
  void followsBothArmsFromOneWarmStart() {
    List<StageFigures> found = report.seeds().get(1L);
    assertThat(found)
        .extracting(StageFigures::stage)
        .as("frozen, then refreshed")
        .containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(found.get(4)).isEqualTo(found.get(1).in(RewardArm.REFRESHED));
    AgreementFigures start = Objects.requireNonNull(found.get(0).agreement().get(ProductKind.ALL));
    assertThat(start.frozen().mean()).as("it learned from such pages").isGreaterThan(.5);
    assertThat(start.fallen().mean()).isZero();
    assertThat(report.table())
        .contains("Agreement on all products", "| refreshed | 2 |", "won from the model alone");
    report.draw(directory);
    assertThat(directory.resolve("upkeep-all-products.png")).isNotEmptyFile();
  }

  @Test
  void refreshedStagesAreRewardedByTheModelOfTheStageBefore() {
    Path seed = directory.resolve("out/seed-1");
    assertThat(rewarding(seed.resolve("stage-1"))).isEqualTo(seed.resolve("first.json"));
    assertThat(rewarding(seed.resolve("frozen/stage-2"))).isEqualTo(seed.resolve("first.json"));
    assertThat(rewarding(seed.resolve("refreshed/stage-2")))
        .isEqualTo(seed.resolve("stage-1.json"));
  }

  @Test
  void whatIsThereIsKeptAndAnotherPlanIsRefused() throws Exception {
    Path file = directory.resolve("out/seed-1/frozen/stage-2.json");
    var before = Files.getLastModifiedTime(file);
    Files.delete(directory.resolve("out/seed-1/figures.json"));

    UpkeepReport again = run(.1);

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    assertThat(again.seeds()).isEqualTo(report.seeds());
    assertThat(run(.1).seeds()).as("from its figures").isEqualTo(report.seeds());
    assertThatThrownBy(() -> run(.2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another --out");
  }

  @Test
  void refusesAModelThatTheStudyIsToChoose() {
    assertThatThrownBy(
            () ->
                new UpkeepPlan(
                    List.of(1L), 1, 1, 2, .1, Map.of("train.feedback.relevance", "mine.json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Leave it out");
  }

  private static Path rewarding(Path policy) {
    String feedback = PolicyDirectory.open(policy).manifest().provenance().config().get("feedback");
    return Path.of(Objects.requireNonNull(feedback).replaceFirst(".*relevance=([^,]*),.*", "$1"));
  }

  private static UpkeepReport run(double noise) {
    return new UpkeepStudy(
            new UpkeepPlan(List.of(1L), 2, 4, 60, noise, SMALL),
            seed -> SHOP,
            directory.resolve("policies"),
            directory.resolve("out"),
            InstantSource.fixed(Instant.EPOCH),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .run(List.of("study", "upkeep"));
  }
}
