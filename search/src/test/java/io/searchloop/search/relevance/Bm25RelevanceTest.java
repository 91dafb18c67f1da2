package io.searchloop.search.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Catalogues;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Bm25RelevanceTest {
  private static final double ONCE = 1 / 2.2;

  /** All products have three words, so that the length discount is 1. */
  private final RelevanceModel model =
      Bm25Relevance.of(
          List.of(
              Catalogues.titled("drill", "cordless drill set"),
              Catalogues.titled("saw", "cordless saw blade"),
              Catalogues.titled("bit", "drill bit set"),
              Catalogues.titled("lamp", "desk lamp desk")),
          Bm25.DEFAULT);

  @Test
  void isTheShareOfTheMostThatAnyProductCouldScore() {
    // cordless and drill are in two of four products each, so their idf is equal.
    assertThat(model.relevance("cordless drill", List.of("drill", "saw", "bit", "lamp")))
        .containsExactly(new double[] {ONCE, ONCE / 2, ONCE / 2, 0}, within(1e-6));
  }

  @Test
  void weighsTermsByTheirRarity() {
    double common = Math.log(1 + 2.5 / 2.5);
    double rare = Math.log(1 + 3.5 / 1.5);

    assertThat(model.relevance("cordless lamp", List.of("saw", "lamp")))
        .containsExactly(
            new double[] {ONCE * common / (common + rare), ONCE * rare / (common + rare)},
            within(1e-6));
  }

  @Test
  void saturatesRepeatedWordsBelowOne() {
    assertThat(model.relevance("desk", List.of("lamp")))
        .containsExactly(new double[] {2 / 3.2}, within(1e-6));
  }

  @Test
  void leavesOutWordsThatNoProductContains() {
    assertThat(model.relevance("cordles drill", List.of("drill")))
        .containsExactly(new double[] {ONCE}, within(1e-6));
    assertThat(model.relevance("xyzzy", List.of("drill"))).containsExactly(0);
    assertThat(model.relevance("", List.of("drill"))).containsExactly(0);
  }

  @Test
  void judgesByTheCorrectedQueryWhenToldTo() {
    try (var engine = Catalogues.ofTitles("cordless drill set", "cordless saw blade")) {
      RelevanceModel corrected =
          new CorrectedRelevance(model, new SpellingArm(engine.vocabulary()));

      assertThat(corrected.relevance("cordles drill", List.of("drill", "saw")))
          .containsExactly(new double[] {ONCE, ONCE / 2}, within(1e-6));
    }
  }

  @Test
  void answersInTheOrderAskedAlsoForUnknownProducts() {
    assertThat(model.relevance("lamp", List.of("drill", "gone", "lamp", "drill")))
        .containsExactly(new double[] {0, 0, ONCE, 0}, within(1e-6));
    assertThat(model.relevance("lamp", List.of())).isEmpty();
  }

  @Test
  void staysAShareOnLongTextsAndQueries() {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> "p" + i).toList();
    RelevanceModel large =
        Bm25Relevance.of(
            IntStream.range(0, 50)
                .mapToObj(i -> Catalogues.titled("p" + i, "word" + i + " thing ".repeat(i + 1)))
                .toList(),
            new Bm25(0, 0));

    assertThat(large.relevance("thing word1 word2 word3 thing", ids))
        .hasSize(50)
        .matches(shares -> Arrays.stream(shares).allMatch(f -> f > 0 && f <= 1));
  }
}
