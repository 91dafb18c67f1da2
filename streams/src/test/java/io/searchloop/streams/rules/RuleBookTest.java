package io.searchloop.streams.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.streams.metrics.ServingMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {
  @TempDir private Path folder;
  private final ServingMetrics metrics = new ServingMetrics();
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("shop.rules");
    Files.writeString(file, "block replica\n");
  }

  @Test
  void appliesAChangedFileFromTheNextRequestOn() throws IOException {
    try (RuleBook book = open()) {
      assertThat(book.refusal("tv", "led screen")).isEmpty();

      Files.writeString(file, "block replica\nblock led\n");
      book.look();
      book.look();

      assertThat(book.refusal("tv", "led screen")).contains("block led");
      assertThat(metrics.ruled()).containsExactly(Map.entry("block", 1L));
      assertThat(metrics.rulesReadings()).containsExactly(Map.entry("read", 2L));
      assertThat(metrics.text()).contains("searchloop_rules 2.0", "searchloop_rules_stale 0.0");
    }
  }

  @Test
  void keepsItsRulesWhileTheFileIsWrongOrGone() throws IOException {
    try (RuleBook book = open()) {
      Files.writeString(file, "block led\nnonsense\n");
      book.look();
      book.look();

      assertThat(book.refusal("tv", "led screen")).isEmpty();
      assertThat(book.refusal("watch", "replica")).contains("block replica");

      Files.delete(file);
      book.look();
      book.look();

      assertThat(book.refusal("watch", "replica")).contains("block replica");
      assertThat(metrics.rulesReadings()).containsEntry("refused", 2L);
      assertThat(metrics.text()).contains("searchloop_rules_stale 1.0");

      Files.writeString(file, "block replica\n");
      book.look();

      assertThat(metrics.text()).contains("searchloop_rules_stale 0.0");
    }
  }

  @Test
  void doesNotOpenAWrongFile() throws IOException {
    Files.writeString(file, "nonsense\n");

    assertThatThrownBy(this::open).hasMessageContaining("line 1: 'nonsense'");
  }

  @Test
  void leavesAQueryAloneWhoseCorrectionIsRefused() {
    try (RuleBook book = open()) {
      ServedSearch search = book.over(correctingTo("replica watch"));

      assertThat(search.of("relica watch").fused().corrected()).isEqualTo("relica watch");
      assertThat(metrics.text())
          .contains("searchloop_rules_applied_total{on=\"correction\",rule=\"block\"} 1.0");
      assertThat(book.over(correctingTo("red watch")).of("rad watch").fused().corrected())
          .isEqualTo("red watch");
    }
  }

  private RuleBook open() {
    return RuleBook.of(Optional.of(new RulesFile(file)), metrics);
  }

  private static ServedSearch correctingTo(String corrected) {
    RewriteArm checker =
        new RewriteArm() {
          @Override
          public String name() {
            return "always";
          }

          @Override
          public String rewrite(String query) {
            return corrected;
          }
        };
    return new ServedSearch(new FusedSearch(checker, FusionWeights.DEFAULT), Combination.UNION);
  }
}
