package io.searchloop.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FigureWordsTest {
  @Test
  void namesAreWordsAndFiguresAreShort() {
    assertThat(
            FigureWords.of(
                new TreeMap<>(
                    Map.of("exact_match", .890625, "steps", 2515.0, "loss", -.37525370819815274))))
        .isEqualTo("exact match 0.891, loss -0.375, steps 2,515");
    assertThat(FigureWords.of(Map.of())).isEmpty();
  }
}
