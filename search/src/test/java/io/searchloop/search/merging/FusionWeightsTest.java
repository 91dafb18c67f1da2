package io.searchloop.search.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusionWeightsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWeightsThatWouldRankWorseMatchesFirst(double weight) {
    assertThatThrownBy(() -> new FusionWeights(.7, weight, .2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected positive finite numbers");
  }

  /** Typed "led", corrected to "led bulb", rewritten to "led lamp": the correction counts more. */
  @Test
  void rankCorrectionsBeforeRewritesBeforeNothing() {
    FusionWeights weights = FusionWeights.DEFAULT;
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(
            List.of(product("plain", "led"), product("lamp", "lamp x"), product("bulb", "bulb x")),
            1,
            Bm25.DEFAULT)) {
      SearchQuery fused =
          new SearchQuery(
              "led",
              List.of(
                  new WeightedText("led bulb", weights.correction()),
                  new WeightedText("led lamp", weights.rewrite())),
              Combination.UNION);

      assertThat(engine.search(fused, 10).productIds()).containsExactly("plain", "bulb", "lamp");
      assertThat(engine.count(SearchQuery.identity("led"), fused)).isEqualTo(3);
      assertThat(engine.count(SearchQuery.identity("led"))).isEqualTo(1);
    }
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
