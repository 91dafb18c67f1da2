package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.SearchRule;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoldenQueriesTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
  private final GoldenQueries golden = new GoldenQueries(dataset, engine, SearchRule.DEFAULT.over(engine.vocabulary()), 20);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void areTrainingQueriesAlone() {
    List<String> test = dataset.queries(Split.TEST).stream().map(JudgedQuery::text).toList();

    assertThat(golden.queries()).hasSize(20).doesNotContainAnyElementsOf(test);
  }

  @Test
  void rewritesJoinTheQueryAsTyped() {
    List<String> unknownWord = Collections.nCopies(20, "xyzzy");

    assertThat(golden.ndcg(golden.queries())).isBetween(.05, .95);
    assertThat(golden.ndcg(unknownWord)).isEqualTo(golden.ndcg(golden.queries()));
  }

  @Test
  void rewritesToAnotherProductLoseWhatTheQueryFound() {
    List<String> misleading = Collections.nCopies(20, dataset.products().get(0).title());

    assertThat(golden.ndcg(misleading)).isLessThan(golden.ndcg(golden.queries()));
  }
}
