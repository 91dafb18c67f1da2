package io.searchloop.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.suggest.Suggestion.Scope;
import io.searchloop.search.suggest.Suggestion.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuggesterTest {
  private final LuceneSearchEngine engine = LuceneSearchEngine.index(catalogue(), 1, Bm25.DEFAULT);
  private final ServedSearch search = SearchRule.DEFAULT.over(engine.vocabulary());
  private final Suggester suggester =
      Suggester.over(
          engine,
          search,
          List.of(
              new PastQuery("drill bits", 15, 0),
              new PastQuery("Cordless  Drill", 7, 1),
              new PastQuery("dril", 40, 0),
              new PastQuery("driver gun", 90, 2),
              new PastQuery("drill irwin", 3, .2)));

  @AfterEach
  void close() {
    suggester.close();
    engine.close();
  }

  /** log2(16) * 1 = 4 beats log2(4) * 1.2 = 2.4. */
  @Test
  void ranksByPopularityAndOutcome() {
    assertThat(new PastQuery("drill", 7, .5).score()).isCloseTo(4.5, within(1e-12));
    assertThat(texts("dri", 5)).containsSubsequence("drill bits", "drill irwin");
  }

  /** log2(8) * 2 = 6 at the second place is 3: behind 4, before 2.4. */
  @Test
  void whatBeginsWithTheTextComesBeforeWhatHasItLater() {
    assertThat(texts("dri", 3)).containsExactly("drill bits", "cordless drill", "drill irwin");
  }

  @Test
  void whatTheCatalogueCallsThingsFillsUp() {
    List<Suggestion> found = suggester.suggest("dri", 10);

    assertThat(found)
        .filteredOn(suggestion -> suggestion.source() == Source.CATALOGUE)
        .extracting(Suggestion::text)
        .containsExactly("drill set");
    assertThat(found.get(found.size() - 1).text()).isEqualTo("drill set");
    assertThat(texts("bos", 5)).containsExactly("bosch");
    assertThat(texts("power t", 5)).containsExactly("power tools");
  }

  /** log2(2) = 1 at the twelfth place is 1/12; "drill set" has log2(9)/32, a tenth. */
  @Test
  void whatTheCatalogueCallsThingsStaysBehindAQueryThatHasTheTextLate() {
    String late = "power tools accessories bosch makita garden rake head bits irwin cordless drill";
    try (Suggester others = Suggester.over(engine, search, List.of(new PastQuery(late, 1, 0)))) {
      assertThat(others.suggest("dri", 5))
          .extracting(Suggestion::text)
          .startsWith(late, "drill set");
      assertThat(others.suggest("dri", 1)).extracting(Suggestion::text).containsExactly(late);
    }
  }

  @Test
  void completesAnyWordOfASuggestionAndNeedsThemAll() {
    assertThat(texts("cordless dr", 5)).containsExactly("cordless drill");
    assertThat(texts("drill cord", 5)).containsExactly("cordless drill");
    assertThat(texts("cordless zzz", 5)).isEmpty();
  }

  @Test
  void neverOffersAMistake() {
    assertThat(texts("dril", 10)).doesNotContain("dril").isNotEmpty();
  }

  @Test
  void neverOffersWhatIsNoLongerSoldThoughItOnceEarned() {
    assertThat(texts("gun", 10)).isEmpty();
    assertThat(texts("dri", 10)).doesNotContain("driver gun").isNotEmpty();
  }

  @Test
  void completesTheCorrectionOfAMistake() {
    assertThat(texts("cordlss", 5)).contains("cordless drill");
  }

  @Test
  void correctsNothingWhereSearchesDoNot() {
    ServedSearch uncorrected = SearchRule.DEFAULT.withoutCatalogue();
    try (Suggester literal = Suggester.over(engine, uncorrected, List.of())) {
      assertThat(literal.suggest("cordlss", 5)).isEmpty();
      assertThat(literal.suggest("cordless", 5)).isNotEmpty();
    }
  }

  @Test
  void aBlankTextAsksForTheBestOfAll() {
    assertThat(texts(" ", 2)).containsExactly("cordless drill", "drill bits");
  }

  @Test
  void scopesTheFirstByWhereTheirResultsAre() {
    Suggestion first = suggester.suggest("cordless", 5).get(0);

    assertThat(first.text()).isEqualTo("cordless drill");
    assertThat(first.scopes())
        .contains(new Scope("category", "Tools > Power Tools", 8))
        .contains(new Scope("brand", "Bosch", 4))
        .noneMatch(scope -> scope.value().equals("Garden"));
  }

  @Test
  void aBrandThatAllResultsShareNarrowsNothing() {
    Suggestion first = suggester.suggest("rake", 5).get(0);

    assertThat(first.text()).isEqualTo("rake head");
    assertThat(first.scopes()).isEmpty();
  }

  @Test
  void leavesOutATextThatIsTooLongToComplete() {
    String tooLong = "drill bits ".repeat(5_000).strip();
    List<PastQuery> past =
        List.of(new PastQuery(tooLong, 90, 1), new PastQuery("drill bits", 15, 0));
    try (Suggester others = Suggester.over(engine, search, past)) {
      assertThat(others.suggest("drill b", 5))
          .extracting(Suggestion::text)
          .containsExactly("drill bits");
    }
  }

  private List<String> texts(String typed, int limit) {
    return suggester.suggest(typed, limit).stream().map(Suggestion::text).toList();
  }

  /** Eight drills of two brands, four drill bits of a third, and rakes that share everything. */
  private static List<Product> catalogue() {
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String brand = i % 2 == 0 ? "Bosch" : "Makita";
      products.add(product("cordless drill set " + i, "Tools > Power Tools", brand));
    }
    for (int i = 0; i < 4; i++) {
      products.add(product("drill bits " + i, "Tools > Accessories", "Irwin"));
    }
    for (int i = 0; i < 6; i++) {
      products.add(product("rake head " + i, "Garden", "Fiskars"));
    }
    return products;
  }

  private static Product product(String title, String category, String brand) {
    return new Product(title, title, "", category, brand, Map.of());
  }
}
