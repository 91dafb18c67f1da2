package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.train.TinyTraining;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevanceStudyTest {
  @TempDir Path directory;

  @Test
  void aModelOfOtherSettingsIsRefusedAndOneOfTheSameIsKept() {
    RelevanceReport report = run(5);

    assertThat(report.table()).contains("| 1 | ");
    assertThat(run(5)).isEqualTo(report);
    assertThatThrownBy(() -> run(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("relevance.json was made under unjudged 5, expected 0");
  }

  private RelevanceReport run(int unjudged) {
    return new RelevanceStudy(
            List.of(1L),
            unjudged,
            seed -> TinyTraining.shop(),
            directory,
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .run(List.of("study", "relevance"));
  }
}
