package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Product;
import io.searchloop.search.evaluation.Interval;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmTableTest {
  private static QueryArms arms(String text, QueryKind kind, List<Double> values) {
    List<List<String>> pages =
        values.stream().map(value -> List.of("page worth " + value)).toList();
    return QueryArms.of(new JudgedQuery(text, text, 1, Map.of()), kind, pages, values);
  }

  @Test
  void armsThatShowTheSameAreOneChoice() {
    QueryArms arms = arms("sofa", QueryKind.OTHER, List.of(1.0, 2.0, 1.0));

    assertThat(arms.representatives()).containsExactly(0, 1, 0);
    assertThat(arms.available()).containsExactly(0, 1);
    assertThat(arms.best()).isEqualTo(1);
  }

  @Test
  void weighsQueriesByHowOftenTheyAreTyped() {
    ArmTable table =
        new ArmTable(
            List.of(
                arms("sofa", QueryKind.OTHER, List.of(1.0, 2.0)),
                arms("lite", QueryKind.UNKNOWN_WORD, List.of(3.0, 0.0))));
    Zipf zipf = new Zipf(2);

    assertThat(table.mean(zipf, row -> row.value(0))).isCloseTo(5 / 3.0, within(1e-12));
    assertThat(table.best(zipf)).isZero();
    assertThat(table.best(zipf, QueryKind.OTHER)).isEqualTo(1);
  }

  @Test
  void drawsQueriesAsOftenAsZipfSays() {
    Zipf zipf = new Zipf(3);
    int[] drawn = new int[3];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 110_000; i++) {
      drawn[zipf.next(random)]++;
    }

    assertThat(drawn[0]).isBetween(59_000, 61_000);
    assertThat(drawn[1]).isBetween(29_000, 31_000);
    assertThat(zipf.share(2)).isCloseTo(2 / 11.0, within(1e-12));
  }

  @Test
  void renamesUncommonWordsAndCarriesJudgmentsOver() {
    List<Product> products =
        IntStream.range(0, 200)
            .mapToObj(i -> product("p" + i, i == 7 ? "White Fridge" : "White Lamp"))
            .toList();
    SynonymDictionary dictionary =
        new SynonymDictionary(Map.of("fridge", List.of("refrigerator"), "lamp", List.of("light")));

    Renaming renaming = Renaming.of(products, dictionary);

    assertThat(renaming.replaced()).containsExactly(Map.entry("p7", "p7-renamed"));
    assertThat(renaming.products().get(7).title()).isEqualTo("White refrigerator");
    assertThat(renaming.products().get(8)).isEqualTo(products.get(8));
    JudgedQuery wish = new JudgedQuery("q", "fridge", 1, Map.of("p7", 3.0, "p8", 1.0));
    assertThat(renaming.intent(wish).grades())
        .containsOnly(Map.entry("p7-renamed", 3.0), Map.entry("p8", 1.0));
  }

  @Test
  void fewSeedsGiveAWideInterval() {
    Interval interval = Seeds.of(1, 2, 3);

    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.high()).isCloseTo(2 + 2.484, within(1e-3));
  }

  @Test
  void intervalsOfElevenSeedsStillFollowStudent() {
    Interval interval = Seeds.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    assertThat(interval.low()).isCloseTo(6 - 2.228, within(1e-3));
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
