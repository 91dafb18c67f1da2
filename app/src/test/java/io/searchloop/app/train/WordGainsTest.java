package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordGainsTest {
  private static final Map<String, Double> NONE = Map.of();

  private final WordGains gains = new WordGains();

  @Test
  void expectsTheShrunkenMeanLessHalfItsError() {
    gains.add(Set.of("range"), Map.of("hood", .2));
    gains.add(Set.of("range"), Map.of("hood", .1));
    gains.add(Set.of("range"), Map.of("hood", .3));
    for (int i = 0; i < 4; i++) {
      gains.add(Set.of("range"), NONE);
    }

    double error = .1 * Math.sqrt(2 / 3.0) / Math.sqrt(3);
    assertThat(gains.expected(Set.of("range"), NONE))
        .containsOnlyKeys("hood")
        .hasEntrySatisfying(
            "hood", score -> assertThat(score).isCloseTo(.6 / 10 - error / 2, within(1e-12)));
  }

  @Test
  void addsUpWhatTheWordsOfAQueryExpect() {
    for (int i = 0; i < 3; i++) {
      gains.add(Set.of("range", "kitchen"), Map.of("hood", .3));
    }

    double one = gains.expected(Set.of("range"), NONE).get("hood");
    double both = gains.expected(Set.of("range", "kitchen"), NONE).get("hood");
    assertThat(one).isCloseTo(.9 / 6, within(1e-6));
    assertThat(both).isCloseTo(2 * one, within(1e-6));
  }

  @Test
  void aQuerySaysNothingOfItself() {
    Map<String, Double> lucky = Map.of("hood", 1.0);
    gains.add(Set.of("range"), lucky);
    for (int i = 0; i < 3; i++) {
      gains.add(Set.of("range"), Map.of("hood", -.1));
    }

    assertThat(gains.expected(Set.of("range"), lucky).get("hood")).isCloseTo(-.3 / 6, within(1e-6));
    assertThat(gains.expected(Set.of("range"), NONE).get("hood")).isGreaterThan(-.3 / 6 + .01);
  }

  @Test
  void staysSilentOnTooFewTrialsAndOnWordsThatWereTyped() {
    gains.add(Set.of("range"), Map.of("hood", .2, "oven", .5));
    gains.add(Set.of("range"), Map.of("hood", .2, "oven", .5));
    gains.add(Set.of("range"), Map.of("hood", .2));

    assertThat(gains.expected(Set.of("range"), NONE)).containsOnlyKeys("hood");
    assertThat(gains.expected(Set.of("range", "hood"), NONE)).isEmpty();
    assertThat(gains.expected(Set.of("stove"), NONE)).isEmpty();
  }
}
