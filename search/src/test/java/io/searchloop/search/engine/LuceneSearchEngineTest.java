package io.searchloop.search.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.SearchRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LuceneSearchEngineTest {

  @Test
  void scoresByBm25() {
    try (var engine = Catalogues.ofTitles("red lamp", "blue lamp", "red red chair")) {
      // idf = ln(1 + (N - n + .5)/(n + .5)) with N 3, n 2; average length 7/3;
      // score = idf * tf / (tf + k1 * (1 - b + b * length / average))
      double idf = Math.log(1 + (3 - 2 + .5) / (2 + .5));
      double chair = idf * 2 / (2 + 1.2 * (.25 + .75 * 3 / (7 / 3.0)));
      double lamp = idf * 1 / (1 + 1.2 * (.25 + .75 * 2 / (7 / 3.0)));

      List<Hit> hits = engine.search(SearchQuery.identity("red"), 10).hits();

      assertThat(hits).extracting(Hit::productId).containsExactly("3", "1");
      assertThat(hits.get(0).score()).isCloseTo(chair, within(1e-6));
      assertThat(hits.get(1).score()).isCloseTo(lamp, within(1e-6));
    }
  }

  @Test
  void searchesEveryTextOfAProduct() {
    Product product =
        new Product("1", "Title", "Lengthy", "Garden", "Acme", Map.of("material", "Oak"));
    try (var engine = LuceneSearchEngine.index(List.of(product), 7, Bm25.DEFAULT)) {
      for (String word : List.of("title", "lengthy", "garden", "acme", "oak")) {
        assertThat(engine.search(SearchQuery.identity(word), 1).productIds())
            .as(word)
            .containsExactly("1");
      }
      assertThat(engine.search(SearchQuery.identity("material"), 1).totalHits()).isZero();
    }
  }

  @Test
  void matchesInflectedWordsAndAnyTerm() {
    try (var engine = Catalogues.ofTitles("garden hoses", "garden chair", "lamp")) {
      assertThat(engine.search(SearchQuery.identity("hose gardens"), 10).productIds())
          .containsExactly("1", "2");
    }
  }

  @Test
  void rewriteEqualToTheQueryChangesNothing() {
    try (var engine = Catalogues.ofTitles("red lamps", "blue lamp", "red chair")) {
      SearchResults typed = engine.search(SearchQuery.identity("red lamps"), 10);

      SearchResults same = engine.search(rewritten("red lamps", "Lamp red", Combination.UNION), 10);

      assertThat(same).isEqualTo(typed);
    }
  }

  @Test
  void unionAddsTheScoreOfNewTermsAtTheirWeight() {
    try (var engine = Catalogues.ofTitles("red lamp", "blue light", "green chair")) {
      double asTyped = engine.search(SearchQuery.identity("light"), 1).hits().get(0).score();

      SearchResults union = engine.search(rewritten("lamp", "light", Combination.UNION), 10);

      assertThat(union.productIds()).containsExactly("1", "2");
      assertThat(union.hits().get(1).score()).isCloseTo(.35 * asTyped, within(1e-6));
    }
  }

  @Test
  void neverStemsAStemAgain() {
    CatalogueText text = new CatalogueText();
    assertThat(text.terms("agreed")).containsExactly("agre");
    assertThat(text.terms("agre")).containsExactly("agr"); // what a second analysis would look for

    try (var engine = Catalogues.ofTitles("agreed price", "lamp")) {
      var query = rewritten("chair", "agreed", Combination.UNION);
      assertThat(engine.search(query, 10).productIds()).containsExactly("1");
    }
  }

  @Test
  void replaceSearchesTheRewriteAlone() {
    try (var engine = Catalogues.ofTitles("red lamp", "blue light")) {
      assertThat(engine.search(rewritten("lamp", "light", Combination.REPLACE), 10).productIds())
          .containsExactly("2");
    }
  }

  @Test
  void replaceByStopWordsFallsBackToTheTypedQuery() {
    try (var engine = Catalogues.ofTitles("red lamp", "blue light")) {
      assertThat(engine.search(rewritten("lamp", "of the", Combination.REPLACE), 10).productIds())
          .containsExactly("1");
    }
  }

  @Test
  void countsEveryMatchBeyondTheLimit() {
    String[] titles = Collections.nCopies(3_000, "lamp").toArray(String[]::new);
    try (var engine = Catalogues.ofTitles(titles)) {
      SearchResults results = engine.search(SearchQuery.identity("lamp"), 2);

      assertThat(results.totalHits()).isEqualTo(3_000);
      assertThat(results.productIds()).containsExactly("1", "2");
    }
  }

  @Test
  void queryWithoutTermsFindsNothing() {
    try (var engine = Catalogues.ofTitles("lamp")) {
      assertThat(engine.search(SearchQuery.identity(" the "), 10))
          .isEqualTo(new SearchResults(List.of(), 0, 7));
    }
  }

  @Test
  void emptyCatalogueFindsNothing() {
    try (var engine = LuceneSearchEngine.index(List.of(), 3, Bm25.DEFAULT)) {
      assertThat(engine.search(SearchQuery.identity("lamp"), 10))
          .isEqualTo(new SearchResults(List.of(), 0, 3));
      assertThat(engine.documents()).isZero();
    }
  }

  @Test
  void answersAQueryOfMoreTermsThanLuceneAllows() {
    String rewrite =
        IntStream.range(0, 3_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    try (var engine = Catalogues.ofTitles("red lamp")) {
      assertThat(engine.search(rewritten("lamp", rewrite, Combination.UNION), 10).productIds())
          .containsExactly("1");
    }
  }

  @Test
  void lastProductOfAnIdCounts() {
    List<Product> products =
        List.of(Catalogues.titled("1", "lamp"), Catalogues.titled("1", "chair"));
    try (var engine = LuceneSearchEngine.index(products, 7, Bm25.DEFAULT)) {
      assertThat(engine.documents()).isOne();
      assertThat(engine.product("1")).contains(products.get(1));
      assertThat(engine.product("2")).isEmpty();
      assertThat(engine.search(SearchQuery.identity("lamp"), 10).totalHits()).isZero();
    }
  }

  @Test
  void concurrentSearchesAnswerAsOneAfterAnother() throws Exception {
    String[] titles =
        IntStream.range(0, 500)
            .mapToObj(i -> "lamp w" + i % 7 + " v" + i % 31)
            .toArray(String[]::new);
    List<SearchQuery> queries =
        IntStream.range(0, 200)
            .mapToObj(i -> rewritten("w" + i % 7, "lamp v" + i % 31, Combination.UNION))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (var engine = Catalogues.ofTitles(titles)) {
      List<SearchResults> expected =
          queries.stream().map(query -> engine.search(query, 20)).toList();

      List<Callable<SearchResults>> searches = new ArrayList<>();
      queries.forEach(query -> searches.add(() -> engine.search(query, 20)));
      List<SearchResults> found = new ArrayList<>();
      for (Future<SearchResults> search : threads.invokeAll(searches)) {
        found.add(search.get());
      }

      assertThat(found).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void searchesUnderWayEndNormallyWhenTheEngineCloses() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var engine = Catalogues.ofTitles("red lamp", "blue lamp");
      SearchResults expected = engine.search(SearchQuery.identity("lamp"), 10);
      CountDownLatch searching = new CountDownLatch(4);
      Callable<String> searchUntilClosed =
          () -> {
            while (true) {
              try {
                assertThat(engine.search(SearchQuery.identity("lamp"), 10)).isEqualTo(expected);
                searching.countDown();
              } catch (IllegalStateException closed) {
                return closed.getMessage();
              }
            }
          };
      List<Future<String>> endings = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        endings.add(threads.submit(searchUntilClosed));
      }

      searching.await();
      engine.close();

      for (Future<String> ending : endings) {
        assertThat(ending.get()).contains("epoch 7 is closed");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closedEngineSaysWhichEpochItWas() {
    var engine = Catalogues.ofTitles("lamp");
    engine.close();

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("lamp"), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("epoch 7 is closed");
    assertThatThrownBy(() -> engine.vocabulary().closest("lmap"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesALimitBelowOne() {
    try (var engine = Catalogues.ofTitles("lamp")) {
      assertThatThrownBy(() -> engine.search(SearchQuery.identity("lamp"), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limit is 0");
    }
  }

  /** As workers search where nothing is corrected. */
  private static SearchQuery rewritten(String typed, String rewrite, Combination combination) {
    return new SearchRule(combination, false, FusionWeights.DEFAULT)
        .withoutCatalogue()
        .of(typed)
        .with(List.of(rewrite));
  }
}
