package io.searchloop.trainer.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedWarmStartTest {
  private static final InstantSource FIXED = InstantSource.fixed(Instant.EPOCH);
  private static final WarmStartText TEXT =
      new WarmStartText(
          List.of("garden hose", "patio umbrella", "ceiling fan", "shower curtain"),
          List.of("garden hose", "patio umbrella", "ceiling fan", "shower curtain", "door lock"),
          List.of(),
          List.of());

  private static final WarmStartText OTHER_TEXT =
      new WarmStartText(List.of("brass lamp"), List.of("desk lamp"), List.of(), List.of());

  @TempDir Path directory;

  @Test
  void learnsToUndoMisspellingsOfATinyCorpus() {
    List<WarmStartProgress> reports = new ArrayList<>();

    try (WarmStart warmStart =
        new SupervisedWarmStart(tiny(240), FIXED).train(TEXT, reports::add)) {
      List<Double> exact =
          reports.stream()
              .filter(report -> !report.heldOut().isEmpty())
              .map(report -> report.heldOut().get("exact_match"))
              .toList();
      assertThat(exact).hasSizeGreaterThan(2);
      assertThat(exact.get(exact.size() - 1)).isGreaterThan(.5).isGreaterThan(exact.get(0));
      assertThat(warmStart.figures()).containsEntry("steps", 240.0);
      assertThat(warmStart.figures().get("validity")).isGreaterThan(.9);
    }
  }

  @Test
  void repeatsItselfBitByBitForEqualTextsAndSeeds() {
    SupervisedWarmStart training = new SupervisedWarmStart(tiny(5), FIXED);

    try (WarmStart first = training.train(TEXT, report -> {});
        WarmStart second = training.train(TEXT, report -> {})) {
      assertThat(first.artifact(first.network()).toBytes())
          .isEqualTo(second.artifact(second.network()).toBytes());
      assertThat(first.probes()).isEqualTo(second.probes()).contains("door lock");
    }
  }

  @Test
  void aStudentSpeaksItsTeachersVocabulary() {
    try (WarmStart teacher = new SupervisedWarmStart(tiny(5), FIXED).train(TEXT, report -> {});
        WarmStart student =
            new SupervisedWarmStart(tiny(5), FIXED)
                .from(new TaughtVocabulary(teacher.tokenizer()))
                .train(OTHER_TEXT, report -> {})) {
      assertThat(student.tokenizer().toJson()).isEqualTo(teacher.tokenizer().toJson());
    }
  }

  @Test
  void goesOnFromLearnedWeightsAndLeavesThemAlone() {
    try (WarmStart begun = new SupervisedWarmStart(tiny(120), FIXED).train(TEXT, report -> {})) {
      byte[] before = begun.artifact(begun.network()).toBytes();
      List<WarmStartProgress> reports = new ArrayList<>();
      try (WarmStart further =
          new SupervisedWarmStart(tiny(120), FIXED)
              .from(new LearnedWeights(begun))
              .train(TEXT, reports::add)) {
        assertThat(reports.get(0).loss()).isLessThan(begun.figures().get("loss") + .5);
        assertThat(begun.artifact(begun.network()).toBytes()).isEqualTo(before);
        assertThat(further.artifact(further.network()).toBytes()).isNotEqualTo(before);
      }
    }
  }

  @Test
  void readsTheCachedWarmStartOfEqualTextsAndConfiguration() {
    SupervisedWarmStart training = new SupervisedWarmStart(tiny(3), FIXED);
    List<WarmStartProgress> reports = new ArrayList<>();

    try (WarmStart trained = training.loadOrTrain(directory, TEXT, reports::add)) {
      assertThat(reports).isNotEmpty();
      reports.clear();
      try (WarmStart cached = training.loadOrTrain(directory, TEXT, reports::add)) {
        assertThat(reports).isEmpty();
        assertThat(cached.artifact(cached.network()).toBytes())
            .isEqualTo(trained.artifact(trained.network()).toBytes());
        assertThat(cached.figures()).isEqualTo(trained.figures());
        assertThat(cached.probes()).isEqualTo(trained.probes());
      }
    }
  }

  @Test
  void trainsAgainWhenTheConfigurationChanged() {
    List<WarmStartProgress> reports = new ArrayList<>();

    new SupervisedWarmStart(tiny(3), FIXED).loadOrTrain(directory, TEXT, report -> {}).close();
    new SupervisedWarmStart(tiny(4), FIXED).loadOrTrain(directory, TEXT, reports::add).close();

    assertThat(reports).isNotEmpty();
  }

  @Test
  void namesADamagedCacheAndTheRemedy() throws IOException {
    SupervisedWarmStart training = new SupervisedWarmStart(tiny(2), FIXED);
    training.loadOrTrain(directory, TEXT, report -> {}).close();
    try (var entries = Files.list(directory)) {
      Files.writeString(entries.findFirst().orElseThrow().resolve("tokenizer.json"), "{}");
    }

    assertThatThrownBy(() -> training.loadOrTrain(directory, TEXT, report -> {}))
        .hasMessageContaining("damaged")
        .hasMessageContaining("Delete the directory");
  }

  static WarmStartConfig tiny(int steps) {
    return new WarmStartConfig(
        Duration.ZERO,
        steps,
        300,
        32,
        2,
        2,
        64,
        24,
        12,
        32,
        5e-3,
        1,
        1,
        "",
        LearningRateSchedule.Shape.COSINE,
        Precision.FP32,
        0,
        false,
        .3);
  }
}
