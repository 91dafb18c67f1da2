package io.searchloop.policy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenDistributionTest {
  @Test
  void followsTheDefinition() {
    TokenDistribution tokens = filled(.5, 9, 1, 2, 3);

    double sum = Math.exp(2) + Math.exp(4) + Math.exp(6);
    assertThat(tokens.logProb(0)).isCloseTo(2 - Math.log(sum), within(1e-12));
    assertThat(tokens.logProb(2)).isCloseTo(6 - Math.log(sum), within(1e-12));
    assertThat(tokens.mode()).isEqualTo(2);
  }

  @Test
  void whatIsNotAllowedHasNoProbability() {
    TokenDistribution tokens = new TokenDistribution(3);

    tokens.fill(new float[] {50, 1, 1}, 0, 1, i -> i > 0);

    assertThat(tokens.logProb(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(tokens.logProb(1)).isCloseTo(Math.log(.5), within(1e-12));
    assertThat(tokens.mode()).isEqualTo(1);
  }

  @Test
  void aTokenTooUnlikelyToBeDrawnStillHasItsLogProbability() {
    TokenDistribution tokens = filled(.01, 0, 9, 0);

    assertThat(tokens.logProb(1)).isCloseTo(-900, within(1e-9));
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    assertThatThrownBy(() -> filled(1, 0, Float.NaN))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("Logit 0");
  }

  @Test
  void drawsByProbability() {
    TokenDistribution tokens = new TokenDistribution(4);
    float[] logits = {(float) Math.log(.2), 5, (float) Math.log(.5), (float) Math.log(.3)};
    tokens.fill(logits, 0, 1, i -> i != 1);
    Random random = new Random(3);
    int[] counts = new int[4];
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      counts[tokens.sample(random)]++;
    }

    assertThat(counts[1]).isZero();
    assertThat(counts[0] / (double) draws).isCloseTo(.2, within(.006));
    assertThat(counts[2] / (double) draws).isCloseTo(.5, within(.006));
  }

  @Test
  void aThresholdAtTheVeryEndDrawsTheLastThatIsAllowed() {
    TokenDistribution tokens = new TokenDistribution(3);
    tokens.fill(new float[] {1, 1, 1}, 0, 1, i -> i < 2);

    assertThat(tokens.sample(new Almost())).isEqualTo(1);
  }

  /** The logits after the first {@code offset} at a temperature, all allowed. */
  private static TokenDistribution filled(double temperature, float... offsetThenLogits) {
    TokenDistribution tokens = new TokenDistribution(offsetThenLogits.length - 1);
    tokens.fill(offsetThenLogits, 1, temperature, i -> true);
    return tokens;
  }

  /** Draws as close to one as a double can. */
  private static final class Almost extends Random {
    private static final long serialVersionUID = 1;

    @Override
    public double nextDouble() {
      return Math.nextDown(1.0);
    }
  }
}
