package io.searchloop.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.engine.Catalogues;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopesTest {
  private final LuceneSearchEngine engine = Catalogues.ofTitles("leather sofa", "garden hose");
  private final List<SearchQuery> asked = new ArrayList<>();
  private final ServedSearch search = SearchRule.DEFAULT.over(engine.vocabulary());
  private final Scopes scopes = new Scopes(new Recording(engine, asked), search);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void searchesOnceForAText() {
    assertThat(scopes.of("garden hose")).isEqualTo(scopes.of("garden hose"));
    scopes.of("sofa");

    assertThat(asked).hasSize(2);
  }

  @Test
  void searchesWhatIsServedForTheText() {
    scopes.of("lether sofa");

    assertThat(asked).containsExactly(search.of("lether sofa").unrewritten());
    assertThat(asked.get(0).additions()).isNotEmpty();
  }

  /** Notes what is searched. */
  private record Recording(SearchEngine engine, List<SearchQuery> asked) implements SearchEngine {
    @Override
    public SearchResults search(SearchQuery query, int limit) {
      asked.add(query);
      return engine.search(query, limit);
    }

    @Override
    public long epoch() {
      return engine.epoch();
    }

    @Override
    public long documents() {
      return engine.documents();
    }

    @Override
    public Optional<Product> product(String id) {
      return engine.product(id);
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
