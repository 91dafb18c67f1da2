package io.searchloop.learning.advantage;

import static io.searchloop.learning.advantage.AdvantageEstimator.CENTRED;
import static io.searchloop.learning.advantage.AdvantageEstimator.LEAVE_ONE_OUT;
import static io.searchloop.learning.advantage.AdvantageEstimator.POPULATION_STD;
import static io.searchloop.learning.advantage.AdvantageEstimator.SAMPLE_STD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupAdvantageTest {
  private static final double[] REWARDS = {1, 0, .5, .5};

  @Test
  void matchesThePublishedVectors() {
    assertThat(advantages(CENTRED, REWARDS)).containsExactly(.5, -.5, 0, 0);
    assertThat(advantages(POPULATION_STD, REWARDS))
        .containsExactly(new double[] {1.41421, -1.41421, 0, 0}, within(5e-6));
    assertThat(advantages(SAMPLE_STD, REWARDS))
        .containsExactly(new double[] {1.22474, -1.22474, 0, 0}, within(5e-6));
    assertThat(advantages(LEAVE_ONE_OUT, REWARDS))
        .containsExactly(new double[] {.66667, -.66667, 0, 0}, within(5e-6));
  }

  @ParameterizedTest
  @EnumSource
  void sumsToZeroAndIgnoresAShift(AdvantageEstimator estimator) {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      double[] rewards = random.doubles(2 + random.nextInt(8), -10, 10).toArray();
      double[] shifted =
          IntStream.range(0, rewards.length).mapToDouble(i -> rewards[i] + 3).toArray();
      double[] advantages = advantages(estimator, rewards);

      assertThat(IntStream.range(0, rewards.length).mapToDouble(i -> advantages[i]).sum())
          .isCloseTo(0, within(1e-9));
      assertThat(advantages(estimator, shifted)).containsExactly(advantages, within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void callsAGroupWithoutVarianceFlat(AdvantageEstimator estimator) {
    GroupAdvantage advantage = GroupAdvantage.of(estimator, .1 + .2, .3, .3);

    assertThat(advantage.flat()).isTrue();
    assertThat(advantage.of(0)).isZero();
  }

  @Test
  void refusesAGroupOfOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupAdvantage.of(CENTRED, 1))
        .withMessageContaining("expected at least 2");
  }

  @Test
  void spreadsALateOutcomeOverTheGroup() {
    Correction correction = Correction.of(CENTRED, 4, 1, 1);

    assertThat(IntStream.range(0, 4).mapToDouble(correction::of))
        .containsExactly(-.25, .75, -.25, -.25);
  }

  @ParameterizedTest
  @EnumSource(names = {"CENTRED", "LEAVE_ONE_OUT"})
  void correctsLinearAdvantagesExactly(AdvantageEstimator estimator) {
    double[] later = {.2, 1, .4, 0};
    Correction correction = Correction.of(estimator, 4, 1, 1);
    double[] before = advantages(estimator, .2, 0, .4, 0);

    double[] corrected =
        IntStream.range(0, 4).mapToDouble(i -> before[i] + correction.of(i)).toArray();

    assertThat(corrected).containsExactly(advantages(estimator, later), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(names = {"CENTRED", "LEAVE_ONE_OUT"})
  void addsCorrectionsOfSeveralMembersUpToTheCorrectionOfTheirSum(AdvantageEstimator estimator) {
    double[] changes = {1, 0, -.25, 3};
    double[] sum = new double[4];
    for (int changed = 0; changed < 4; changed++) {
      Correction correction = Correction.of(estimator, 4, changed, changes[changed]);
      for (int i = 0; i < 4; i++) {
        sum[i] += correction.of(i);
      }
    }

    assertThat(sum).containsExactly(advantages(estimator, changes), within(1e-12));
  }

  @Test
  void replacesOnlyDivisionByTheDeviation() {
    assertThat(SAMPLE_STD.unscaled()).isEqualTo(CENTRED);
    assertThat(POPULATION_STD.unscaled()).isEqualTo(CENTRED);
    assertThat(LEAVE_ONE_OUT.unscaled()).isEqualTo(LEAVE_ONE_OUT);
    assertThat(CENTRED.unscaled()).isEqualTo(CENTRED);
  }

  @ParameterizedTest
  @EnumSource(names = {"POPULATION_STD", "SAMPLE_STD"})
  void refusesToCorrectScaledAdvantages(AdvantageEstimator estimator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Correction.of(estimator, 4, 1, 1))
        .withMessageContaining("assembly.advantage");
  }

  private static double[] advantages(AdvantageEstimator estimator, double... rewards) {
    GroupAdvantage advantage = GroupAdvantage.of(estimator, rewards);
    return IntStream.range(0, rewards.length).mapToDouble(advantage::of).toArray();
  }
}
