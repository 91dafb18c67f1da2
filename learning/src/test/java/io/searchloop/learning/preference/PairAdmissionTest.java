package io.searchloop.learning.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.learning.distribution.Normal;
import org.junit.jupiter.api.Test;

class PairAdmissionTest {
  private final PairAdmission admission = new PairAdmission(5, .8, .05, 1);

  @Test
  void prefersTheClearlyBetterRewrite() {
    RewardStatistics better = statistics(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    RewardStatistics worse = statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(admission.judge(worse, better))
        .hasValueSatisfying(
            preference -> {
              assertThat(preference.firstPreferred()).isFalse();
              assertThat(preference.margin()).isEqualTo(1);
              assertThat(preference.flipProbability()).isLessThan(.001);
            });
  }

  @Test
  void leavesAnUncertainOrderOpen() {
    RewardStatistics better = new RewardStatistics(10, .1, 0);

    assertThat(admission.judge(better, new RewardStatistics(10, 0, 0))).isEmpty();
    assertThat(Normal.cumulative(.1 / Math.sqrt(.02))).isCloseTo(.760, within(5e-4));
  }

  @Test
  void waitsForEnoughImpressionsOfBoth() {
    assertThat(admission.judge(statistics(9, 9, 9, 9), statistics(0, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void refusesACertainButTinyMargin() {
    RewardStatistics many = new RewardStatistics(1_000_000, .04, 10);

    assertThat(admission.judge(many, new RewardStatistics(1_000_000, 0, 10))).isEmpty();
  }

  @Test
  void knowsTheNormalDistribution() {
    assertThat(Normal.cumulative(0)).isCloseTo(.5, within(1e-7));
    assertThat(Normal.cumulative(1.959964)).isCloseTo(.975, within(1e-6));
    assertThat(Normal.cumulative(-1.959964)).isCloseTo(.025, within(1e-6));
  }

  @Test
  void keepsMeanAndSpread() {
    RewardStatistics statistics = statistics(1, 2, 3, 6);

    assertThat(statistics.mean()).isEqualTo(3);
    assertThat(statistics.squaredDeviations()).isCloseTo(14, within(1e-12));
  }

  @Test
  void refusesAProbabilityThatProvesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairAdmission(5, .5, .05, 1))
        .withMessageContaining("minProbability is 0.5");
  }

  private static RewardStatistics statistics(double... rewards) {
    RewardStatistics statistics = RewardStatistics.NONE;
    for (double reward : rewards) {
      statistics = statistics.plus(reward);
    }
    return statistics;
  }
}
