package io.searchloop.learning.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OffPolicyEstimatorTest {
  private static final OffPolicyEstimator PLAIN = OffPolicyEstimator.DEFAULT;

  /** The three searches of {@link Estimator}'s example. */
  private static final List<LoggedChoice> THREE =
      List.of(
          choice("v1", 0, List.of(.5, .5), List.of(1.0, 0.0), 1),
          choice("v2", 1, List.of(.5, .5), List.of(1.0, 0.0), 1),
          choice("v3", 1, List.of(.75, .25), List.of(.5, .5), 2));

  private static LoggedChoice choice(
      String visitor, int arm, List<Double> logging, List<Double> target, double reward) {
    return new LoggedChoice(visitor, "x", arm, logging, target, reward);
  }

  private static PolicyValue value(List<LoggedChoice> log, Estimator estimator) {
    return PLAIN.value(log, estimator, new SplittableRandom(1));
  }

  @Test
  void agreesWithTheExampleByHand() {
    assertThat(value(THREE, Estimator.IPS).value()).isCloseTo(2, within(1e-12));
    assertThat(value(THREE, Estimator.SNIPS).value()).isCloseTo(1.5, within(1e-12));
    double sum =
        THREE.stream()
            .map(choice -> Estimator.DR.term(choice, choice.weight(), (context, arm) -> 1))
            .mapToDouble(Estimator.Term::numerator)
            .sum();
    assertThat(sum / 3).isCloseTo(5 / 3.0, within(1e-12));
  }

  @Test
  void tellsHowManySearchesTheWeightsAreWorth() {
    PolicyValue value = value(THREE, Estimator.IPS);

    assertThat(value.effectiveSamples()).isCloseTo(2, within(1e-12));
    assertThat(value.largestWeight()).isEqualTo(2);
    assertThat(value.clipped()).isZero();
    assertThat(value.searches()).isEqualTo(3);
    assertThat(value.visitors()).isEqualTo(3);
  }

  @Test
  void clippingIsCounted() {
    PolicyValue value =
        new OffPolicyEstimator(2, 100, 1.5).value(THREE, Estimator.IPS, new SplittableRandom(1));

    assertThat(value.clipped()).isEqualTo(2);
    assertThat(value.value()).isCloseTo((1.5 + 0 + 3) / 3, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void thePolicyThatRanIsWorthWhatItEarned(Estimator estimator) {
    List<Double> even = List.of(.5, .5);
    List<LoggedChoice> log = new ArrayList<>();
    RandomGenerator random = new SplittableRandom(3);
    double earned = 0;
    for (int i = 0; i < 200; i++) {
      double reward = random.nextInt(5);
      earned += reward;
      log.add(choice("v" + i, i % 2, even, even, reward));
    }

    assertThat(value(log, estimator).value()).isCloseTo(earned / 200, within(.1));
  }

  @Test
  void searchesOfOneVisitorWidenTheInterval() {
    List<Double> even = List.of(.5, .5);
    List<LoggedChoice> apart = new ArrayList<>();
    List<LoggedChoice> together = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double reward = i / 10 % 2;
      apart.add(choice("v" + i, 0, even, even, reward));
      together.add(choice("v" + i / 10, 0, even, even, reward));
    }

    PolicyValue wide = value(together, Estimator.IPS);
    PolicyValue narrow = value(apart, Estimator.IPS);

    assertThat(wide.value()).isEqualTo(narrow.value());
    assertThat(wide.high() - wide.low()).isGreaterThan(2.5 * (narrow.high() - narrow.low()));
  }

  @Test
  void refusesAPolicyThatTheLogCannotTellOf() {
    assertThatThrownBy(() -> choice("v", 0, List.of(1.0, 0.0), List.of(.5, .5), 1))
        .hasMessageContaining("Target chooses arm 1")
        .hasMessageContaining("Log with a floor");
  }

  @Test
  void predictionsCloseToTheTruthNarrowTheInterval() {
    List<LoggedChoice> log = new ArrayList<>();
    RandomGenerator random = new SplittableRandom(5);
    for (int i = 0; i < 4000; i++) {
      String context = i % 2 == 0 ? "poor" : "rich";
      int arm = random.nextDouble() < .1 ? 1 : 0;
      double reward = (i % 2 == 0 ? 1 : 9) + arm + random.nextDouble();
      log.add(new LoggedChoice("v" + i, context, arm, List.of(.9, .1), List.of(0.0, 1.0), reward));
    }

    PolicyValue ips = value(log, Estimator.IPS);
    PolicyValue dr = value(log, Estimator.DR);

    assertThat(dr.covers(6.5)).isTrue();
    assertThat(dr.high() - dr.low()).isLessThan(.2 * (ips.high() - ips.low()));
  }
}
