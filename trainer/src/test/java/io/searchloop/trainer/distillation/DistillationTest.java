package io.searchloop.trainer.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.loss.DistillationLoss;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DistillationTest {
  private static final List<String> QUERIES =
      List.of("garden hose", "patio umbrella", "ceiling fan", "shower curtain", "door lock");
  private static final WarmStartText TEXT =
      new WarmStartText(QUERIES.subList(0, 4), QUERIES, List.of(), List.of());
  private static WarmStart teacher;

  @BeforeAll
  static void train() {
    teacher = warmStart(32, 64, 240, 300);
  }

  @AfterAll
  static void close() {
    teacher.close();
  }

  @ParameterizedTest
  @EnumSource
  void movesTheStudentTowardsItsTeacher(DistillationLoss loss) {
    List<DistillationProgress> reports = new ArrayList<>();
    try (WarmStart student = warmStart(16, 32, 60, 300)) {
      Agreement before = Agreement.on(QUERIES, teacher, student);

      new Distillation(config(loss, 240)).distil(teacher, student, QUERIES, reports::add);

      Agreement after = Agreement.on(QUERIES, teacher, student);
      assertThat(reports.get(reports.size() - 1).step()).isEqualTo(240);
      assertThat(reports.get(reports.size() - 1).tokenDivergence())
          .isLessThan(.6 * reports.get(0).tokenDivergence());
      assertThat(after.exactMatch()).isGreaterThan(before.exactMatch());
      assertThat(after.validity()).isEqualTo(1);
    }
  }

  @Test
  void repeatsItselfBitByBit() {
    try (WarmStart first = warmStart(16, 32, 5, 300);
        WarmStart second = warmStart(16, 32, 5, 300)) {
      Distillation distillation = new Distillation(config(DistillationLoss.REVERSE_KL, 6));

      distillation.distil(teacher, first, QUERIES, report -> {});
      distillation.distil(teacher, second, QUERIES, report -> {});

      assertThat(first.artifact(first.network()).toBytes())
          .isEqualTo(second.artifact(second.network()).toBytes());
    }
  }

  @Test
  void leavesTheTeacherAlone() {
    byte[] before = teacher.artifact(teacher.network()).toBytes();
    try (WarmStart student = warmStart(16, 32, 2, 300)) {
      new Distillation(config(DistillationLoss.FORWARD_KL, 3))
          .distil(teacher, student, QUERIES, report -> {});
    }

    assertThat(teacher.artifact(teacher.network()).toBytes()).isEqualTo(before);
  }

  @Test
  void refusesAStudentOfAnotherTokenizer() {
    try (WarmStart student = warmStart(16, 32, 2, 270)) {
      assertThatThrownBy(
              () ->
                  new Distillation(config(DistillationLoss.REVERSE_KL, 1))
                      .distil(teacher, student, QUERIES, report -> {}))
          .hasMessageContaining("other tokenizers or formats")
          .hasMessageContaining("Warm-start both on the same texts");
    }
  }

  @Test
  void settingsHaveDefaultsAndAreChecked() {
    DistillationConfig defaults = ConfigBinder.defaults(DistillationConfig.class);

    assertThat(defaults.loss()).isEqualTo(DistillationLoss.REVERSE_KL);
    assertThat(defaults.refreshEvery()).isEqualTo(4);
    assertThatThrownBy(() -> config(DistillationLoss.REVERSE_KL, 0))
        .hasMessageContaining("steps 0");
  }

  private static DistillationConfig config(DistillationLoss loss, int steps) {
    return new DistillationConfig(loss, steps, 16, 4, 5e-3, 1, 7);
  }

  private static WarmStart warmStart(int width, int hidden, int steps, int vocabulary) {
    WarmStartConfig config =
        new WarmStartConfig(
            Duration.ZERO,
            steps,
            vocabulary,
            width,
            2,
            2,
            hidden,
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
    return new SupervisedWarmStart(config, InstantSource.fixed(Instant.EPOCH))
        .train(TEXT, report -> {});
  }
}
