package io.searchloop.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.ClickLog;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.app.dataset.Problems;
import io.searchloop.search.engine.Product;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClickComparisonTest {
  private static final Dataset PAST =
      new ClickLog(
              "shop",
              List.of(product("a"), product("b")),
              List.of(
                  click("sofa", "b"), click("sofa", "b"), click("sofa", "a"), click("lamp", "a")),
              Map.of(),
              Map.of(),
              Problems.NONE)
          .dataset();
  private static final List<LoggedClick> LATER =
      List.of(click("Sofa", "b"), click("sofa ", "a"), click("couch", "b"), click("lamp", "gone"));

  @Test
  void scoresTheRankOfEachClickedProduct() {
    ClickScores scores = ClickScores.of(LATER, query -> List.of("a", "b"));

    assertThat(scores.of("sofa")).isEqualTo(new ClickScore(2, 1.5, 2));
    assertThat(scores.of("couch")).isEqualTo(new ClickScore(1, .5, 1));
    assertThat(scores.of("lamp")).isEqualTo(new ClickScore(1, 0, 0));
  }

  @Test
  void aProductBeyondTheTenthIsNotShown() {
    List<String> ranking = new ArrayList<>(Collections.nCopies(10, "x"));
    ranking.add("b");

    assertThat(ClickScores.of(LATER, query -> ranking).of("couch"))
        .isEqualTo(new ClickScore(1, 0, 0));
  }

  @Test
  void seedsAreAveragedClickByClick() {
    ClickScores one = ClickScores.of(LATER, query -> List.of("a", "b"));
    ClickScores other = ClickScores.of(LATER, query -> List.of("b", "a"));

    assertThat(ClickScores.mean(List.of(one, other)).of("couch"))
        .isEqualTo(new ClickScore(1, .75, 1));
  }

  @Test
  void whatWasTypedBeforeIsApartFromWhatWasNot() {
    Map<String, ClickScores> arms = new LinkedHashMap<>();
    arms.put("worse", ClickScores.of(LATER, query -> List.of("a", "b")));
    arms.put("better", ClickScores.of(LATER, query -> List.of("b", "a")));

    ClickFigures better = new ClickComparison(PAST, 1).of(arms, List.of("worse")).get(1);

    assertThat(better.of(ClickComparison.ALL).clicks()).isEqualTo(4);
    assertThat(better.of(ClickComparison.SEEN).clicks()).isEqualTo(3);
    assertThat(better.of("head").queries()).isEqualTo(1);
    ClickFigures.Stratum unseen = better.of(ClickComparison.UNSEEN);
    assertThat(unseen.queries()).isEqualTo(1);
    assertThat(unseen.reciprocalRank().value()).isEqualTo(1);
    assertThat(unseen.reciprocalRank().to("worse").mean()).isCloseTo(.5, within(1e-12));
    assertThat(unseen.shown().to("worse").mean()).isZero();
    assertThatThrownBy(() -> better.of("torso"))
        .hasMessageContaining("No click of stratum torso, found strata [all, seen before");
  }

  @Test
  void refusesABaselineThatIsNoArm() {
    Map<String, ClickScores> arms = Map.of("one", ClickScores.of(LATER, query -> List.of()));

    assertThatThrownBy(() -> new ClickComparison(PAST, 1).of(arms, List.of("other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no arm other to compare with, expected one of [one]");
  }

  @Test
  void memoryPutsWhatWasClickedMostBeforeWhatIsSearched() {
    MostClicked memory = new MostClicked(PAST, query -> List.of("c", "a"));

    assertThat(memory.apply("sofa")).containsExactly("b", "a", "c");
    assertThat(memory.apply("couch")).containsExactly("c", "a");
  }

  private static Product product(String id) {
    return new Product(id, "title " + id, "", "", "", Map.of());
  }

  private static LoggedClick click(String query, String product) {
    return new LoggedClick("1", "ann", query, product, Instant.EPOCH, Instant.EPOCH);
  }
}
