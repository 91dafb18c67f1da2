package io.searchloop.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.CoClicks;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Problems;
import io.searchloop.app.dataset.QuerySplit;
import io.searchloop.app.dataset.Split;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shoppers say fridge where titles say refrigerator; nine in ten of them want something else. */
class AssociationMinerTest {
  private static final int KINDS = 200;
  private static final int FRIDGES = 20;

  private final Dataset dataset = dataset();
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void findsTheTitleWordThatAQueryWordLeadsTo() {
    assertThat(Strategies.mined(dataset, engine).alternatives())
        .containsExactly(Map.entry("fridge", List.of("refrigerator")));
  }

  @Test
  void readsTrainQueriesAlone() {
    List<JudgedQuery> train = dataset.queries(Split.TRAIN);

    assertThat(Strategies.mined(dataset.without(train), engine)).isEqualTo(SynonymDictionary.EMPTY);
  }

  private static Dataset dataset() {
    List<Product> products = new ArrayList<>();
    List<JudgedQuery> queries = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      boolean cold = i < FRIDGES;
      String kind = letters(i);
      String title = (cold ? "refrigerator " : "thing ") + kind;
      products.add(new Product("p" + i, title, "", "", "", Map.of()));
      String text = (cold ? "fridge " : "gadget ") + kind;
      queries.add(new JudgedQuery("q" + i, text, 1, Map.of("p" + i, 3.0)));
    }
    QuerySplit split = QuerySplit.of(texts(queries).toList(), 1);
    return new Dataset(
        "fridges",
        products,
        queries,
        GradeScale.FROM_ZERO,
        Map.of(),
        CoClicks.NONE,
        Problems.NONE,
        split);
  }

  private static Stream<String> texts(List<JudgedQuery> queries) {
    return queries.stream().map(JudgedQuery::text);
  }

  /** A word of its own for each number, far from every other. */
  private static String letters(int number) {
    String letter = String.valueOf((char) ('a' + number % 26));
    return letter.repeat(3) + String.valueOf((char) ('a' + number / 26)).repeat(3);
  }
}
