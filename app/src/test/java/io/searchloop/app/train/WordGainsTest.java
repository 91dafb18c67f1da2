package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.train.WordGains.Trials;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordGainsTest {
  private static final List<Trials> NONE = List.of();

  private final WordGains gains = new WordGains();

  @Test
  void expectsTheShrunkenMeanLessHalfItsError() {
    gains.add(new Trials(Set.of("range"), Map.of("hood", .2)));
    gains.add(new Trials(Set.of("range"), Map.of("hood", .1)));
    gains.add(new Trials(Set.of("range"), Map.of("hood", .3)));
    for (int i = 0; i < 4; i++) {
      gains.add(new Trials(Set.of("range"), Map.of()));
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
      gains.add(new Trials(Set.of("range", "kitchen"), Map.of("hood", .3)));
    }

    double one = gains.expected(Set.of("range"), NONE).get("hood");
    double both = gains.expected(Set.of("range", "kitchen"), NONE).get("hood");
    assertThat(one).isCloseTo(.9 / 6, within(1e-6));
    assertThat(both).isCloseTo(2 * one, within(1e-6));
  }

  @Test
  void aQuerySaysNothingOfItself() {
    Trials lucky = new Trials(Set.of("range"), Map.of("hood", 1.0));
    gains.add(lucky);
    for (int i = 0; i < 3; i++) {
      gains.add(new Trials(Set.of("range"), Map.of("hood", -.1)));
    }

    assertThat(gains.expected(Set.of("range"), List.of(lucky)).get("hood"))
        .isCloseTo(-.3 / 6, within(1e-6));
    assertThat(gains.expected(Set.of("range"), NONE).get("hood")).isGreaterThan(-.3 / 6 + .01);
  }

  @Test
  void aQueryWithoutTrialsIsNoneOfTheOthersEither() {
    Trials untried = new Trials(Set.of("range"), Map.of());
    gains.add(untried);
    for (int i = 0; i < 3; i++) {
      gains.add(new Trials(Set.of("range"), Map.of("hood", .3)));
    }

    assertThat(gains.expected(Set.of("range"), List.of(untried)).get("hood"))
        .isCloseTo(.9 / 6, within(1e-6));
  }

  @Test
  void aNearDuplicateThatSharesOnlySomeWordsIsLeftOutOfThoseAlone() {
    Trials own = new Trials(Set.of("range", "cover"), Map.of("hood", 1.0));
    Trials alike = new Trials(Set.of("ranges", "cover"), Map.of("hood", 1.0));
    gains.add(own);
    gains.add(alike);
    for (int i = 0; i < 3; i++) {
      gains.add(new Trials(Set.of("range"), Map.of("hood", .3)));
      gains.add(new Trials(Set.of("cover"), Map.of("hood", .6)));
    }

    assertThat(gains.expected(own.typed(), List.of(own, alike)).get("hood"))
        .isCloseTo(.9 / 6 + 1.8 / 6, within(1e-6));
  }

  @Test
  void staysSilentOnTooFewTrialsAndOnWordsThatWereTyped() {
    gains.add(new Trials(Set.of("range"), Map.of("hood", .2, "oven", .5)));
    gains.add(new Trials(Set.of("range"), Map.of("hood", .2, "oven", .5)));
    gains.add(new Trials(Set.of("range"), Map.of("hood", .2)));

    assertThat(gains.expected(Set.of("range"), NONE)).containsOnlyKeys("hood");
    assertThat(gains.expected(Set.of("range", "hood"), NONE)).isEmpty();
    assertThat(gains.expected(Set.of("stove"), NONE)).isEmpty();
  }
}
