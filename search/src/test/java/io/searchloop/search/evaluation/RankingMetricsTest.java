package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {
  private static final Map<String, Double> GAINS = Map.of("a", 2.0, "b", 1.0, "c", 0.0);

  @Test
  void ndcgDiscountsByRankAndCountsUnjudgedAsNothing() {
    // DCG = 1/log2(2) + 0/log2(3) + 2/log2(4) = 2; ideal = 2/log2(2) + 1/log2(3) = 2.63093
    assertThat(RankingMetrics.ndcg(List.of("b", "x", "a"), GAINS, 10))
        .isCloseTo(.76019, within(1e-5));
  }

  @Test
  void ndcgCutsRankingAndIdealAtK() {
    // DCG@1 = 1, ideal@1 = 2
    assertThat(RankingMetrics.ndcg(List.of("b", "a"), GAINS, 1)).isCloseTo(.5, within(1e-9));
  }

  @Test
  void ndcgOfTheIdealRankingIsOne() {
    assertThat(RankingMetrics.ndcg(List.of("a", "b", "c"), GAINS, 10)).isCloseTo(1, within(1e-9));
  }

  @Test
  void ndcgIsZeroWhenNoProductIsGood() {
    assertThat(RankingMetrics.ndcg(List.of("c"), Map.of("c", 0.0), 10)).isZero();
  }

  @Test
  void condensedNdcgIgnoresUnjudgedProducts() {
    // Condensed to [b, a]: DCG = 1 + 2/log2(3) = 2.26186; ideal 2.63093
    assertThat(RankingMetrics.condensedNdcg(List.of("x", "b", "y", "a"), GAINS, 10))
        .isCloseTo(.85972, within(1e-5));
  }

  @Test
  void recallCountsRelevantProductsWithinK() {
    assertThat(RankingMetrics.recall(List.of("a", "x", "b"), Set.of("a", "b", "d"), 3))
        .isCloseTo(2 / 3.0, within(1e-9));
    assertThat(RankingMetrics.recall(List.of("a", "x", "b"), Set.of("a", "b", "d"), 2))
        .isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void reciprocalRankIsThatOfTheFirstRelevantProduct() {
    assertThat(RankingMetrics.reciprocalRank(List.of("x", "y", "b", "a"), Set.of("a", "b")))
        .isCloseTo(1 / 3.0, within(1e-9));
    assertThat(RankingMetrics.reciprocalRank(List.of("x"), Set.of("a"))).isZero();
  }

  @Test
  void nullRateIsTheShareOfEmptySearches() {
    assertThat(RankingMetrics.nullRate(List.of(0L, 12L, 0L, 1L))).isCloseTo(.5, within(1e-9));
  }

  @Test
  void refusesRankZero() {
    assertThatThrownBy(() -> RankingMetrics.ndcg(List.of("a"), GAINS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rank 0");
  }
}
