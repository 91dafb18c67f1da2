package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.evaluation.Stratum;
import io.searchloop.app.train.TinyTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationStudyTest {
  private static final Dataset SHOP = TinyTraining.shop();
  private static final Map<String, String> SMALL =
      Map.of(
          "trainer.warm-start.width", "8",
          "trainer.warm-start.layers", "1",
          "trainer.warm-start.heads", "2",
          "trainer.warm-start.hidden", "16");

  @TempDir Path directory;

  @BeforeEach
  void teach() {
    teach("teachers", Map.of());
  }

  private void teach(String teachers, Map<String, String> apart) {
    Map<String, String> settings = new TreeMap<>(apart);
    settings.put("train.steps", "1");
    settings.put("trainer.learning-rate", "0");
    TinyTraining.run(SHOP, directory.resolve(teachers).resolve("seed-1/warm-start"), settings)
        .run();
  }

  @Test
  void examinesEveryKindOfStudentBesideItsTeacher() throws Exception {
    DistillationReport report = run(SMALL);

    DistillationReport.Seed found = report.seeds().get(1L);
    assertThat(found.exam())
        .extracting(ExamFigures::policy)
        .containsExactly("teacher", "start", "sft", "q2q", "forward-kl", "reverse-kl");
    assertThat(found.exam("teacher").of(ExamMeasure.TEACHER_EXACT).value()).isEqualTo(1);
    assertThat(found.exam("sft").of(ExamMeasure.TEACHER_CROSS_ENTROPY).value())
        .as("a student knows the teacher's answers less well than the teacher")
        .isGreaterThan(found.exam("teacher").of(ExamMeasure.TEACHER_CROSS_ENTROPY).value());
    assertThat(found.exam("sft").of(ExamMeasure.TEACHER_ROUGE_L).toSft().mean()).isZero();
    assertThat(found.exam("teacher").parameters())
        .isGreaterThan(4 * found.exam("sft").parameters());
    assertThat(found.judged().policies())
        .extracting(PolicyFigures::policy)
        .contains("typed+spell", "reverse-kl+spell");
    assertThat(report.difference("sft+spell", Stratum.ALL, Metric.NDCG_AT_10, "sft+spell").mean())
        .isZero();
    assertThat(report.table()).contains("| reverse-kl |", "pairs at k = 1", "misspelt");

    Path student = directory.resolve("students/seed-1/reverse-kl/finished/model.safetensors");
    FileTime before = Files.getLastModifiedTime(student);
    run(SMALL);
    assertThat(Files.getLastModifiedTime(student)).as("a student that is there").isEqualTo(before);
    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trainer.warm-start.width 8, expected (default)");
  }

  @Test
  void refusesATeacherWhosePromptsShowProducts() {
    teach("products", Map.of("train.prompt.products", "1"));

    assertThatThrownBy(() -> run("products", SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Prompts of the teacher show 1 products, expected none");
  }

  @Test
  void refusesAStudentNearlyAsLargeAsItsTeacher() {
    assertThatThrownBy(() -> run(Map.of("trainer.warm-start.width", "32")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 4 times as large");
  }

  private DistillationReport run(Map<String, String> given) {
    return run("teachers", given);
  }

  private DistillationReport run(String teachers, Map<String, String> given) {
    return new DistillationStudy(
            new DistillationPlan(List.of(1L), 20, 4, given),
            seed -> SHOP,
            directory.resolve(teachers),
            directory.resolve("students"),
            InstantSource.fixed(Instant.EPOCH),
            line -> {})
        .run(List.of("study", "distillation"));
  }
}
