package io.searchloop.search.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRecordsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void textRefusesAWeightThatIsNotPositiveAndFinite(double weight) {
    assertThatThrownBy(() -> new WeightedText("light", weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Weight of an added text is " + weight);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-.1, 1.1, Double.NaN})
  void bm25RefusesALengthDiscountOutsideZeroToOne(double b) {
    assertThatThrownBy(() -> new Bm25(1.2, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BM25 b is " + b);
  }

  @Test
  void productRefusesABlankId() {
    assertThatThrownBy(() -> new Product(" ", "lamp", "", "", "", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Product id is blank");
  }

  @Test
  void resultsRefuseATotalBelowTheListedHits() {
    assertThatThrownBy(() -> new SearchResults(List.of(new Hit("1", 1)), 0, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Total of 0 hits with 1");
  }
}
