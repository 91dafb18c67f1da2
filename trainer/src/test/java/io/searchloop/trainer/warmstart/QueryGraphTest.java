package io.searchloop.trainer.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueryGraphTest {
  private static final Map<String, Map<String, Integer>> EDGES =
      Map.of(
          "Sofa", Map.of("a", 3, "b", 1, "c", 1),
          "couch", Map.of("a", 2, "b", 1),
          "settee", Map.of("c", 5),
          "lamp", Map.of("d", 1));

  @Test
  void joinsQueriesThroughTheProductsTheyShareInBothDirections() {
    QueryGraph graph = new QueryGraph(EDGES, query -> false);

    assertThat(graph.pairs(1))
        .containsExactly(
            new WeightedPair("couch", "sofa", 3),
            new WeightedPair("settee", "sofa", 1),
            new WeightedPair("sofa", "couch", 3),
            new WeightedPair("sofa", "settee", 1));
  }

  @Test
  void keepsPairsWithEnoughSharedProductsAndCountsThemByThreshold() {
    QueryGraph graph = new QueryGraph(EDGES, query -> false);

    assertThat(graph.pairs(2))
        .containsExactly(
            new WeightedPair("couch", "sofa", 3), new WeightedPair("sofa", "couch", 3));
    assertThat(graph.pairs(3)).isEmpty();
    assertThat(graph.pairsByThreshold()).containsExactly(Map.entry(1, 4L), Map.entry(2, 2L));
  }

  @Test
  void keepsHeldOutQueriesOutAsSourceTargetAndBridge() {
    QueryGraph graph = new QueryGraph(EDGES, "sofa"::equals);

    // Couch and settee only met in sofa.
    assertThat(graph.pairs(1)).isEmpty();
    assertThat(graph.heldOut()).isEqualTo(1);
  }

  @Test
  void asksAboutNormalisedTexts() {
    QueryGraph graph =
        new QueryGraph(Map.of("  SOFA ", Map.of("a", 1), "couch", Map.of("a", 1)), "sofa"::equals);

    assertThat(graph.pairs(1)).isEmpty();
  }

  @Test
  void joinsOnlyTheStrongestQueriesOfAProduct() {
    Map<String, Map<String, Integer>> edges = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      edges.put("query %02d".formatted(i), Map.of("bestseller", 100 - i));
    }

    List<WeightedPair> pairs = new QueryGraph(edges, query -> false).pairs(1);

    assertThat(pairs).hasSize(50 * 49);
    assertThat(pairs).noneMatch(pair -> pair.source().equals("query 50"));
  }

  @Test
  void refusesAThresholdBelowOne() {
    assertThatThrownBy(() -> new QueryGraph(EDGES, query -> false).pairs(0))
        .hasMessageContaining("threshold k is 0");
  }
}
