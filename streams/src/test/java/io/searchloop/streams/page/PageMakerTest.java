package io.searchloop.streams.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageMakerTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void logsThePageInTheOrderShown() {
    ShownPage page =
        maker(true).make(Shop.choice("blue hat"), shop, Shop.query(Combination.REPLACE), 4);

    List<String> hats =
        shop.search(Shop.query(Combination.REPLACE).with(List.of("blue hat")), 4).productIds();
    assertThat(page.decision().getPage()).isEqualTo(hats).hasSize(4);
    assertThat(page.hits()).extracting(Hit::productId).isEqualTo(hats);
    assertThat(page.total()).isEqualTo(6);
    assertThat(page.rewrite()).contains("blue hat");
  }

  @Test
  void ranksEveryProductInTheListOfTheQueryAsTyped() {
    ShownPage page = maker(true).make(Shop.choice("hat"), shop, Shop.query(Combination.UNION), 8);

    List<String> typed = shop.search(SearchQuery.identity(Shop.QUERY), 8).productIds();
    int[] expected =
        page.decision().getPage().stream().mapToInt(id -> typed.indexOf(id) + 1).toArray();
    assertThat(queryRanks(page.decision())).containsExactly(expected).contains(0);
    assertThat(IntStream.of(expected)).anyMatch(rank -> rank > 0);
  }

  @Test
  void aPageAsTypedRanksItselfWithoutASecondSearch() {
    for (boolean asked : new boolean[] {true, false}) {
      shop.searches.set(0);
      ShownPage page = maker(asked).make(Shop.choice(), shop, Shop.query(Combination.UNION), 3);

      assertThat(queryRanks(page.decision())).containsExactly(1, 2, 3);
      assertThat(shop.searches).hasValue(1);
    }
  }

  @Test
  void aRewriteThatRepeatsTheQueryNeedsNoSecondSearch() {
    for (Combination combination : Combination.values()) {
      shop.searches.set(0);
      ShownPage page =
          maker(true).make(Shop.choice("Red  Shoes"), shop, Shop.query(combination), 3);

      assertThat(queryRanks(page.decision())).containsExactly(1, 2, 3);
      assertThat(shop.searches).hasValue(1);
      assertThat(page.decision().getPage())
          .isEqualTo(shop.search(SearchQuery.identity(Shop.QUERY), 3).productIds());
    }
  }

  @Test
  void aRewriteThatRepeatsTheCorrectionNeedsNoSecondSearchUnlessItWeighsMore() {
    for (double rewriteWeight : new double[] {.35, .7, .9}) {
      FusionWeights weights = new FusionWeights(.7, rewriteWeight, .2);
      ServedQuery misspelt =
          new ServedSearch(new FusedSearch(shop.spelling(), weights), Combination.UNION)
              .of("red shose");
      SearchResults unrewritten = shop.search(misspelt.unrewritten(), 3);
      shop.searches.set(0);

      ShownPage page = maker(true).make(Shop.choice("Red  Shoes"), shop, misspelt, 3);

      boolean heavier = rewriteWeight > .7;
      assertThat(shop.searches).hasValue(heavier ? 2 : 1);
      assertThat(page.hits().equals(unrewritten.hits())).as("same page").isEqualTo(!heavier);
      int[] expected =
          page.decision().getPage().stream()
              .mapToInt(id -> unrewritten.productIds().indexOf(id) + 1)
              .toArray();
      assertThat(queryRanks(page.decision())).containsExactly(expected);
    }
  }

  @Test
  void leavesRanksUnknownWhenTheyAreNotAskedFor() {
    ShownPage page = maker(false).make(Shop.choice("hat"), shop, Shop.query(Combination.UNION), 8);

    assertThat(page.decision().getQueryRanks().hasRemaining()).isFalse();
    assertThat(page.decision().getPage()).hasSize(8);
    assertThat(shop.searches).hasValue(1);
  }

  @Test
  void changesNothingElseOfTheDecision() {
    Decision before = Shop.choice("hat").decision();
    Decision after =
        maker(true).make(Shop.choice("hat"), shop, Shop.query(Combination.UNION), 8).decision();

    assertThat(Decision.newBuilder(after).clearPage().clearQueryRanks().build()).isEqualTo(before);
  }

  @Test
  void aPageIsWhatEvaluationJudgesRewrittenOrNot() {
    FusedSearch judged = new FusedSearch(shop.spelling(), FusionWeights.DEFAULT);
    ServedQuery misspelt = new ServedSearch(judged, Combination.UNION).of("red shose");

    ShownPage rewritten = maker(true).make(Shop.choice("blue hat"), shop, misspelt, 8);
    ShownPage unrewritten = maker(true).make(Shop.choice(), shop, misspelt, 8);

    assertThat(rewritten.decision().getPage())
        .isEqualTo(found(judged.of("red shose").with(List.of("blue hat"))));
    assertThat(unrewritten.decision().getPage())
        .isEqualTo(found(judged.of("red shose").with(List.of())))
        .isNotEqualTo(found(SearchQuery.identity("red shose")));
    int[] expected =
        rewritten.decision().getPage().stream()
            .mapToInt(id -> unrewritten.decision().getPage().indexOf(id) + 1)
            .toArray();
    assertThat(queryRanks(rewritten.decision())).containsExactly(expected);
  }

  @Test
  void aPageThatFoundNothingIsEmpty() {
    ShownPage page =
        maker(true).make(Shop.choice("zeppelin"), shop, Shop.query(Combination.REPLACE), 8);

    assertThat(page.decision().getPage()).isEmpty();
    assertThat(page.total()).isZero();
    assertThat(shop.searches).hasValue(1);
  }

  private static PageMaker maker(boolean logQueryRanks) {
    return new PageMaker(
        logQueryRanks, new PageMerger(ExaminationCurve.logarithmic(10), new ServingMetrics()));
  }

  private List<String> found(SearchQuery query) {
    return shop.search(query, 8).productIds();
  }

  private static int[] queryRanks(Decision decision) {
    return Packed.ints(decision.getQueryRanks());
  }
}
