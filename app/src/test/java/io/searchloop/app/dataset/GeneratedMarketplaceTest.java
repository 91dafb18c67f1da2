package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeneratedMarketplaceTest {
  private static final MarketplaceConfig CONFIG = ConfigBinder.defaults(MarketplaceConfig.class);
  private static final Set<String> GAP_PHRASES =
      ShopWords.load().types().stream()
          .flatMap(type -> type.gapPhrases().stream())
          .collect(Collectors.toSet());
  private static Dataset dataset;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void buildShop() {
    dataset = GeneratedMarketplace.generate(CONFIG);
    engine = LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @Test
  void isEqualForEqualConfigurations() {
    assertThat(GeneratedMarketplace.generate(CONFIG)).isEqualTo(dataset);
  }

  @Test
  void differsForAnotherSeed() {
    Dataset other = GeneratedMarketplace.generate(new MarketplaceConfig(3000, 250, .45, .25, 8));

    assertThat(other.queries()).isNotEqualTo(dataset.queries());
    assertThat(other.products()).isNotEqualTo(dataset.products());
  }

  @Test
  void hasTheSizeAskedForAndDistinctIdsAndQueries() {
    assertThat(dataset.products()).hasSize(3000);
    assertThat(dataset.products().stream().map(Product::id).distinct()).hasSize(3000);
    assertThat(dataset.products().stream().map(Product::category).distinct())
        .hasSizeGreaterThanOrEqualTo(40);
    assertThat(dataset.queries()).hasSize(250);
    assertThat(dataset.queries().stream().map(JudgedQuery::text).distinct()).hasSize(250);
  }

  @Test
  void neverUsesShoppersWordsInTheCatalogue() {
    assertThat(GAP_PHRASES).hasSizeGreaterThanOrEqualTo(40);
    for (String phrase : GAP_PHRASES) {
      assertThat(engine.search(SearchQuery.identity(phrase), 1).totalHits()).as(phrase).isZero();
    }
  }

  @Test
  void hasTheAskedShareOfVocabularyGapsAndTypos() {
    long gaps = dataset.queries().stream().filter(GeneratedMarketplaceTest::isGap).count();
    Set<String> texts =
        dataset.queries().stream().map(JudgedQuery::text).collect(Collectors.toSet());

    assertThat(gaps).isEqualTo(113);
    assertThat(dataset.corrections()).hasSize(63);
    assertThat(texts).containsAll(dataset.corrections().keySet());
  }

  @Test
  void repeatsMostShoppersWordsInTrainQueries() {
    Set<String> trained = new HashSet<>();
    dataset.queries(Split.TRAIN).stream()
        .filter(GeneratedMarketplaceTest::isGap)
        .forEach(query -> trained.add(gapOf(query)));
    List<JudgedQuery> tested =
        dataset.queries(Split.TEST).stream().filter(GeneratedMarketplaceTest::isGap).toList();

    assertThat(tested).isNotEmpty();
    assertThat(tested.stream().filter(query -> trained.contains(gapOf(query))).count())
        .isGreaterThan(tested.size() / 2);
  }

  @Test
  void hasPerfectProductForEveryQuery() {
    for (JudgedQuery query : dataset.queries()) {
      assertThat(dataset.relevant(query)).as(query.text()).isNotEmpty();
      assertThat(query.grades().values()).allMatch(grade -> grade >= 0 && grade <= 3);
    }
  }

  @Test
  void judgesByIntentNotByWords() {
    Map<String, Product> products =
        dataset.products().stream().collect(Collectors.toMap(Product::id, product -> product));
    for (JudgedQuery query : dataset.queries()) {
      Set<String> categories =
          query.grades().keySet().stream()
              .map(id -> products.get(id).category())
              .collect(Collectors.toSet());
      assertThat(categories).as(query.text()).hasSize(1);
    }
  }

  @Test
  void findsPerfectProductsOnceTheWordsAreRight() {
    for (JudgedQuery query : dataset.queries()) {
      String right = dataset.corrections().get(query.text());
      if (right != null) {
        List<String> top = engine.search(SearchQuery.identity(right), 10).productIds();
        assertThat(top).as(right).anyMatch(dataset.relevant(query)::contains);
      }
    }
  }

  @Test
  void leavesTheRightPhraseUndecidedForShoppersWords() {
    for (JudgedQuery query : dataset.queries()) {
      if (isGap(query)) {
        Map<String, Integer> targets = dataset.coClicks().of(query.text());
        Map.Entry<String, Integer> right = targets.entrySet().iterator().next();
        assertThat(engine.search(SearchQuery.identity(right.getKey()), 10).productIds())
            .as(query.text() + " -> " + right.getKey())
            .anyMatch(dataset.relevant(query)::contains);
        assertThat(targets.values().stream().filter(count -> count >= right.getValue()).count())
            .as(query.text())
            .isEqualTo(1 + CoClickHistory.WRONG_PHRASES);
      }
    }
  }

  @Test
  void rankQueriesByZipf() {
    assertThat(dataset.queries().get(0).popularity()).isEqualTo(1);
    assertThat(dataset.queries().get(9).popularity()).isEqualTo(.1);
  }

  @Test
  void refusesMoreQueriesThanItHasWords() {
    assertThatThrownBy(
            () -> GeneratedMarketplace.generate(new MarketplaceConfig(3000, 50_000, .45, .25, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Ask for fewer queries");
  }

  private static boolean isGap(JudgedQuery query) {
    return GAP_PHRASES.stream().anyMatch(phrase -> endsWith(query, phrase));
  }

  private static String gapOf(JudgedQuery query) {
    return GAP_PHRASES.stream().filter(phrase -> endsWith(query, phrase)).findFirst().orElseThrow();
  }

  private static boolean endsWith(JudgedQuery query, String phrase) {
    return (" " + query.text()).endsWith(" " + phrase);
  }
}
