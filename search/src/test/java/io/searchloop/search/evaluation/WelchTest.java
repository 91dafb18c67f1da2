package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WelchTest {

  @Test
  void meanIntervalIsTwoStandardErrorsWide() {
    // mean 3, variance 10/4 = 2.5, standard error sqrt(2.5/5) = .70711, times 1.95996 = 1.38590
    Interval interval = MeanInterval.of(new double[] {1, 2, 3, 4, 5});

    assertThat(interval.mean()).isCloseTo(3, within(1e-9));
    assertThat(interval.low()).isCloseTo(1.61410, within(1e-5));
    assertThat(interval.high()).isCloseTo(4.38590, within(1e-5));
  }

  @Test
  void differenceAddsTheVariancesOfBothMeans() {
    // a: mean 3, 2.5/5 = .5; b: mean 1, variance 4/3, /4 = .33333;
    // half width 1.95996 * sqrt(.83333) = 1.78919
    Interval interval = Welch.difference(new double[] {1, 2, 3, 4, 5}, new double[] {0, 0, 2, 2});

    assertThat(interval.mean()).isCloseTo(2, within(1e-9));
    assertThat(interval.low()).isCloseTo(.21081, within(1e-5));
    assertThat(interval.high()).isCloseTo(3.78919, within(1e-5));
    assertThat(interval.excludesZero()).isTrue();
  }

  @Test
  void coversTheTruthAboutNineteenTimesInTwenty() {
    Random random = new Random(1);
    int covered = 0;
    for (int i = 0; i < 2_000; i++) {
      double[] a = random.doubles(60).toArray();
      double[] b = random.doubles(120, 0, 2).map(value -> value - .5).toArray();
      covered += Welch.difference(a, b).excludesZero() ? 0 : 1;
    }

    assertThat(covered / 2_000.0).isBetween(.935, .965);
  }

  @Test
  void oneValueBoundsNothing() {
    Interval interval = Welch.difference(new double[] {1}, new double[] {0, 1, 0});

    assertThat(interval.low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(interval.high()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(interval.excludesZero()).isFalse();
  }

  @Test
  void refusesAnArmWithoutOutcomes() {
    assertThatThrownBy(() -> Welch.difference(new double[0], new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 values");
  }
}
