package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.judge.JudgeWeights;
import io.searchloop.app.train.TinyTraining;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceStudyTest {
  private static final Dataset SHOP = TinyTraining.shop();

  @TempDir Path directory;

  @Test
  void followsAStudentBeforeAndAfterTheCatalogueChanges() {
    PreferenceReport report = run(new ArrayList<>());

    PreferenceReport.Seed found = report.seeds().get(1L);
    assertThat(found.arrived()).isPositive();
    assertThat(found.withdrawn()).isPositive();
    assertThat(found.curve())
        .extracting(PreferenceReport.Point::shop)
        .startsWith("before")
        .endsWith("after");
    assertThat(found.curve())
        .extracting(PreferenceReport.Point::step)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 4L, 5L, 6L, 7L, 8L);
    assertThat(found.judged().keySet())
        .containsExactly(
            "before: student", "before: DPO", "after: student", "after: frozen", "after: DPO");
    assertThat(found.judged().get("after: frozen").get("relevance").difference().mean()).isZero();
    assertThat(report.table()).contains("| after: DPO |");
    report.draw(directory);
    assertThat(directory.resolve("preferences-engagement.png")).isNotEmptyFile();
  }

  @Test
  void whatIsTrainedIsNotTrainedAgain() {
    PreferenceReport first = run(new ArrayList<>());
    List<String> said = new ArrayList<>();

    PreferenceReport again = run(said);

    assertThat(said).noneMatch(line -> line.contains("step"));
    assertThat(again.seeds()).isEqualTo(first.seeds());
    assertThatThrownBy(() -> run(said, new JudgeWeights(1, .2, 2, -1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("seed-1 was made under weights JudgeWeights[");
  }

  private PreferenceReport run(List<String> said) {
    return run(said, new JudgeWeights(1, .2, 1, -1));
  }

  private PreferenceReport run(List<String> said, JudgeWeights weights) {
    return new PreferenceStudy(
            new PreferencePlan(List.of(1L), 20, 4, 1, weights),
            seed -> SHOP,
            directory,
            InstantSource.fixed(Instant.EPOCH),
            said::add)
        .run(List.of("study", "preferences"));
  }
}
