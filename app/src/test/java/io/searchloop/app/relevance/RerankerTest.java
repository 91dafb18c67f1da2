package io.searchloop.app.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerankerTest {
  @Test
  void mixesBothScores() {
    List<Hit> hits = List.of(new Hit("a", 9), new Hit("b", 8), new Hit("c", 1));

    assertThat(Reranker.mixed(hits, new double[] {.3, .4, .5}, 20))
        .containsExactly(new Hit("b", 16), new Hit("a", 15), new Hit("c", 11));
    assertThat(Reranker.mixed(hits, new double[] {.3, .4, .5}, 0)).isEqualTo(hits);
  }

  @Test
  void leavesEqualScoresAsTheyWere() {
    List<Hit> hits = List.of(new Hit("a", 5), new Hit("b", 4));

    assertThat(Reranker.mixed(hits, new double[] {.1, .2}, 10))
        .extracting(Hit::productId)
        .containsExactly("a", "b");
  }

  @Test
  void judgesWhatWasTypedWhateverWasSearched() {
    List<Product> shop = List.of(product("red sofa"), product("red lamp"));
    List<String> asked = new ArrayList<>();
    RelevanceModel lamps =
        (query, ids) -> {
          asked.add(query);
          return ids.stream().mapToDouble(id -> id.endsWith("lamp") ? 1 : 0).toArray();
        };
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(shop, 1, Bm25.DEFAULT)) {
      SearchResults found =
          new Reranker(engine, lamps, 50).search("rde", SearchQuery.identity("red sofa"), 1);

      assertThat(found.productIds()).containsExactly("red lamp");
      assertThat(found.totalHits()).isEqualTo(2);
      assertThat(asked).containsExactly("rde");
    }
  }

  @Test
  void asksOnceForWhatItRemembers() {
    List<List<String>> asked = new ArrayList<>();
    RelevanceModel lengths =
        (query, ids) -> {
          asked.add(List.copyOf(ids));
          return ids.stream().mapToDouble(id -> id.length() / 10.0).toArray();
        };
    RememberedRelevance remembered = new RememberedRelevance(lengths);

    remembered.relevance("q", List.of("a", "bb"));

    assertThat(remembered.relevance("q", List.of("ccc", "a"))).containsExactly(.3, .1);
    assertThat(asked).containsExactly(List.of("a", "bb"), List.of("ccc"));
  }

  private static Product product(String title) {
    return new Product(title, title, "", "", "", Map.of());
  }
}
