package io.searchloop.policy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void logSoftmaxFollowsTheDefinition() {
    double[] out = new double[3];

    LogProbs.logSoftmax(new float[] {9, 1, 2, 3}, 1, 0.5, i -> true, out);

    double sum = Math.exp(2) + Math.exp(4) + Math.exp(6);
    assertThat(out[0]).isCloseTo(2 - Math.log(sum), within(1e-12));
    assertThat(out[2]).isCloseTo(6 - Math.log(sum), within(1e-12));
  }

  @Test
  void maskedTokensHaveNoProbability() {
    double[] out = new double[3];

    LogProbs.logSoftmax(new float[] {50, 1, 1}, 0, 1, i -> i > 0, out);

    assertThat(out[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(out[1]).isCloseTo(Math.log(.5), within(1e-12));
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    assertThatThrownBy(
            () -> LogProbs.logSoftmax(new float[] {Float.NaN}, 0, 1, i -> true, new double[1]))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("Logit 0");
  }

  @Test
  void frequenciesFollowTheProbabilities() {
    double[] logProbs = {Math.log(.2), Double.NEGATIVE_INFINITY, Math.log(.5), Math.log(.3)};
    Random random = new Random(3);
    int[] counts = new int[4];
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      counts[Categorical.sample(logProbs, random)]++;
    }

    assertThat(counts[1]).isZero();
    assertThat(counts[0] / (double) draws).isCloseTo(.2, within(.006));
    assertThat(counts[2] / (double) draws).isCloseTo(.5, within(.006));
    assertThat(Categorical.mode(logProbs)).isEqualTo(2);
  }
}
