package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryClustersTest {
  @ParameterizedTest
  @CsvSource({
    "fence post, post fences",
    "fece posts, fence posts",
    "cushions outdoorlounge, cushions outdoor lounge",
    "wood for the fence, wood fence",
    "ouside lights, outside lights"
  })
  void joinsNearDuplicates(String one, String other) {
    Map<String, String> clusters = QueryClusters.of(List.of(one, other));

    assertThat(clusters.get(one)).isEqualTo(clusters.get(other));
  }

  @ParameterizedTest
  @CsvSource({
    "fence post 6 ft, fence post 8 ft",
    "2x4, 2x6",
    "red sofa, red lamp",
    "door, floor",
    "bed, bad"
  })
  void keepsOtherWishesApart(String one, String other) {
    Map<String, String> clusters = QueryClusters.of(List.of(one, other));

    assertThat(clusters.get(one)).isNotEqualTo(clusters.get(other));
  }

  @Test
  void connectsThroughCommonNeighboursAndNamesByTheSmallestText() {
    List<String> texts = List.of("post fence", "fence posts", "fece posts", "sofa");

    assertThat(QueryClusters.of(texts))
        .containsEntry("post fence", "fece posts")
        .containsEntry("fence posts", "fece posts")
        .containsEntry("fece posts", "fece posts")
        .containsEntry("sofa", "sofa");
  }

  @Test
  void dependsOnTheSetOfTextsAlone() {
    assertThat(QueryClusters.of(List.of("lamps", "sofa", "lamp", "sofa")))
        .isEqualTo(QueryClusters.of(List.of("sofa", "lamp", "lamps")));
  }
}
