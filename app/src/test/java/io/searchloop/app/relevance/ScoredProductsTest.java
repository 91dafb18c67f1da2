package io.searchloop.app.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.relevance.ScoredProducts.Scored;
import io.searchloop.search.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoredProductsTest {
  /** The first query is ordered rightly, the second wrongly. */
  private static final ScoredProducts PRODUCTS =
      new ScoredProducts(
          2,
          List.of(
              new Scored(0, .9, 1, true),
              new Scored(0, .1, 0, false),
              new Scored(1, .38, 0, false),
              new Scored(1, .32, 1, true)));

  @Test
  void countsPairsInTheRightOrderAsOftenAsTheirQueriesCount() {
    // .9 is above both others, .32 above one of them.
    assertThat(PRODUCTS.area(new int[] {1, 1})).isCloseTo(3 / 4.0, within(1e-12));
    assertThat(PRODUCTS.area(new int[] {1, 0})).isEqualTo(1);
    assertThat(PRODUCTS.area(new int[] {0, 1})).isZero();
    assertThat(PRODUCTS.area(new int[] {0, 0})).isNaN();
  }

  @Test
  void comparesScoresWithSharesByBins() {
    // .9 is .1 too low, .1 is .1 too high, .32 and .38 together .3 too low.
    assertThat(PRODUCTS.calibrationError(new int[] {1, 1})).isCloseTo(.5 / 4, within(1e-12));
    assertThat(PRODUCTS.calibrationError(new int[] {0, 3})).isCloseTo(.15, within(1e-12));
  }

  @Test
  void aBootstrapPairsWhatIsDrawnAlike() {
    QueryBootstrap bootstrap = new QueryBootstrap(2, 1);

    Interval alone = bootstrap.of(PRODUCTS::area);
    Interval toItself = bootstrap.of(times -> PRODUCTS.area(times) - PRODUCTS.area(times));

    assertThat(alone.low()).isZero();
    assertThat(alone.high()).isEqualTo(1);
    assertThat(toItself).isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void aBootstrapRefusesAFigureThatIsNone() {
    assertThatThrownBy(() -> new QueryBootstrap(2, 1).of(times -> Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no number");
  }
}
