package io.searchloop.streams.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.merging.ExaminationCurve;
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
    ShownPage page = maker(Combination.REPLACE, true).make(Shop.choice("blue hat"), shop, 4);

    List<String> hats =
        shop.search(SearchQuery.rewritten(Shop.QUERY, "blue hat", Combination.REPLACE), 4)
            .productIds();
    assertThat(page.decision().getPage()).isEqualTo(hats).hasSize(4);
    assertThat(page.hits()).extracting(Hit::productId).isEqualTo(hats);
    assertThat(page.total()).isEqualTo(6);
    assertThat(page.rewrite()).contains("blue hat");
  }

  @Test
  void ranksEveryProductInTheListOfTheQueryAsTyped() {
    ShownPage page = maker(Combination.UNION, true).make(Shop.choice("hat"), shop, 8);

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
      ShownPage page = maker(Combination.UNION, asked).make(Shop.choice(), shop, 3);

      assertThat(queryRanks(page.decision())).containsExactly(1, 2, 3);
      assertThat(shop.searches).hasValue(1);
    }
  }

  @Test
  void aRewriteThatRepeatsTheQueryNeedsNoSecondSearch() {
    for (Combination combination : Combination.values()) {
      shop.searches.set(0);
      ShownPage page = maker(combination, true).make(Shop.choice("Red  Shoes"), shop, 3);

      assertThat(queryRanks(page.decision())).containsExactly(1, 2, 3);
      assertThat(shop.searches).hasValue(1);
      assertThat(page.decision().getPage())
          .isEqualTo(shop.search(SearchQuery.identity(Shop.QUERY), 3).productIds());
    }
  }

  @Test
  void leavesRanksUnknownWhenTheyAreNotAskedFor() {
    ShownPage page = maker(Combination.UNION, false).make(Shop.choice("hat"), shop, 8);

    assertThat(page.decision().getQueryRanks().hasRemaining()).isFalse();
    assertThat(page.decision().getPage()).hasSize(8);
    assertThat(shop.searches).hasValue(1);
  }

  @Test
  void changesNothingElseOfTheDecision() {
    Decision before = Shop.choice("hat").decision();
    Decision after = maker(Combination.UNION, true).make(Shop.choice("hat"), shop, 8).decision();

    assertThat(Decision.newBuilder(after).clearPage().clearQueryRanks().build()).isEqualTo(before);
  }

  @Test
  void aPageThatFoundNothingIsEmpty() {
    ShownPage page = maker(Combination.REPLACE, true).make(Shop.choice("zeppelin"), shop, 8);

    assertThat(page.decision().getPage()).isEmpty();
    assertThat(page.total()).isZero();
    assertThat(shop.searches).hasValue(1);
  }

  private static PageMaker maker(Combination combination, boolean logQueryRanks) {
    return new PageMaker(
        combination,
        logQueryRanks,
        new PageMerger(ExaminationCurve.logarithmic(10), new ServingMetrics()));
  }

  private static int[] queryRanks(Decision decision) {
    return Packed.ints(decision.getQueryRanks());
  }
}
