package io.searchloop.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioTest {
  @Test
  void averagesLogarithmsWithStudentsInterval() {
    // ln 2 and ln 8: mean ln 4, standard deviation ln 4 / sqrt 2, t(.975, 1) = 12.706.
    Ratio ratio = Ratio.of("r", new double[] {2, 8}, new double[] {1, 1}, 3);

    assertThat(ratio.mean()).isCloseTo(4, within(1e-9));
    assertThat(ratio.high()).isCloseTo(4 * Math.exp(12.7062 * Math.log(4) / 2), within(100.0));
    assertThat(ratio.low() * ratio.high()).isCloseTo(16, within(1e-6));
    assertThat(ratio.met()).isTrue();
  }

  @Test
  void pairsRoundsSoThatASlowOneCancelsOut() {
    Ratio ratio = Ratio.of("r", new double[] {50, 5}, new double[] {100, 10}, .6);

    assertThat(ratio.low()).isCloseTo(.5, within(1e-9));
    assertThat(ratio.high()).isCloseTo(.5, within(1e-9));
    assertThat(ratio.met()).isFalse();
  }

  @Test
  void oneRoundHasNoInterval() {
    Ratio ratio = Ratio.of("r", new double[] {3}, new double[] {4}, 0);

    assertThat(ratio.low()).isEqualTo(ratio.mean()).isEqualTo(ratio.high());
  }

  @Test
  void refusesRoundsWithoutPartner() {
    assertThatThrownBy(() -> Ratio.of("r", new double[] {3}, new double[] {4, 5}, 0))
        .hasMessage("r: 1 figures over 2, expected as many of each and one at least.");
  }

  @Test
  void spreadNamesTheMiddleAndTheEnds() {
    assertThat(Spread.of(new double[] {9, 1, 2})).isEqualTo(new Spread(2, 1, 9, 3));
    assertThat(Spread.of(new double[] {4, 1, 2, 9})).isEqualTo(new Spread(3, 1, 9, 4));
    assertThatThrownBy(() -> Spread.of(new double[0])).hasMessageContaining("No figure to sum up");
  }
}
