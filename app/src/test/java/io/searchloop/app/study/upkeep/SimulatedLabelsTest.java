package io.searchloop.app.study.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedLabelsTest {
  private static final JudgedQuery QUERY =
      new JudgedQuery("1", "Deck  Paint", 1, Map.of("perfect", 3.0, "half", 2.0, "none", 1.0));

  private final SimulatedLabels labels = new SimulatedLabels(GradeScale.FROM_ONE, .1, 1);

  @Test
  void expectsWhatPeopleJudgedLessTheNoise() {
    assertThat(labels.expected(QUERY, "perfect")).isCloseTo(.9, within(1e-12));
    assertThat(labels.expected(QUERY, "half")).isCloseTo(.5, within(1e-12));
    assertThat(labels.expected(QUERY, "none")).isCloseTo(.1, within(1e-12));
    assertThat(labels.expected(QUERY, "unjudged")).isCloseTo(.1, within(1e-12));
  }

  @Test
  void saysYesAsOftenAsExpected() {
    List<String> unjudged = IntStream.range(0, 4000).mapToObj(i -> "product " + i).toList();

    JudgedQuery labelled = labels.label(QUERY, unjudged);

    double share = labelled.grades().values().stream().filter(grade -> grade == 3).count() / 4000.0;
    assertThat(share).isCloseTo(.1, within(.02));
    assertThat(labelled.grades().values()).containsOnly(1.0, 3.0);
    assertThat(labelled.text()).isEqualTo("deck paint");
  }

  @Test
  void saysTheSameOfAProductWhereverItIsShown() {
    List<String> page = IntStream.range(0, 50).mapToObj(i -> "product " + i).toList();

    JudgedQuery labelled = labels.label(QUERY, page);

    assertThat(labelled.grades())
        .containsAllEntriesOf(labels.label(QUERY, page.subList(20, 30)).grades());
    assertThat(new SimulatedLabels(GradeScale.FROM_ONE, .1, 2).label(QUERY, page).grades())
        .as("another seed")
        .isNotEqualTo(labelled.grades());
  }
}
