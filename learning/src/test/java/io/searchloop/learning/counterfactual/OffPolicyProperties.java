package io.searchloop.learning.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over every log that could have been written, each weighed by its chance, IPS and DR are the value
 * of the target: no luck left. Two contexts, two arms, rewards of 0 or 1.
 */
class OffPolicyProperties {
  private static final int SEARCHES = 3;
  private static final OffPolicyEstimator ESTIMATOR =
      new OffPolicyEstimator(2, 100, Double.POSITIVE_INFINITY);

  /** A world: chance of context 1, of arm 1 by context when logging and in the target, of 1. */
  private record World(double second, double[] logging, double[] target, double[][] reward) {
    static World of(long seed) {
      RandomGenerator random = new SplittableRandom(seed);
      return new World(
          random.nextDouble(.2, .8),
          new double[] {random.nextDouble(.1, .9), random.nextDouble(.1, .9)},
          new double[] {random.nextDouble(), random.nextDouble()},
          new double[][] {
            {random.nextDouble(), random.nextDouble()}, {random.nextDouble(), random.nextDouble()}
          });
    }

    double value() {
      return (1 - second) * value(0) + second * value(1);
    }

    private double value(int context) {
      return (1 - target[context]) * reward[context][0] + target[context] * reward[context][1];
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void expectedInversePropensityScoreIsTheValueOfTheTarget(long seed) {
    World world = World.of(seed);

    double expected = expected(world, log -> estimate(log, Estimator.IPS));

    assertThat(expected).isCloseTo(world.value(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void expectedDoublyRobustEstimateIsTheValueOfTheTarget(long seed) {
    World world = World.of(seed);

    double expected = expected(world, log -> estimate(log, Estimator.DR));

    assertThat(expected).isCloseTo(world.value(), within(1e-9));
  }

  private static double estimate(List<LoggedChoice> log, Estimator estimator) {
    return ESTIMATOR.value(log, estimator, new SplittableRandom(0)).value();
  }

  private static double expected(World world, ToDoubleFunction<List<LoggedChoice>> estimate) {
    return expected(world, estimate, new ArrayList<>(), 1);
  }

  private static double expected(
      World world,
      ToDoubleFunction<List<LoggedChoice>> estimate,
      List<LoggedChoice> log,
      double chance) {
    if (log.size() == SEARCHES) {
      return chance * estimate.applyAsDouble(log);
    }
    double expected = 0;
    for (int outcome = 0; outcome < 8; outcome++) {
      int context = outcome & 1;
      int arm = outcome >> 1 & 1;
      int reward = outcome >> 2;
      double second = world.logging()[context];
      double probability =
          (context == 1 ? world.second() : 1 - world.second())
              * (arm == 1 ? second : 1 - second)
              * (reward == 1 ? world.reward()[context][arm] : 1 - world.reward()[context][arm]);
      double target = world.target()[context];
      log.add(
          new LoggedChoice(
              "v" + log.size(),
              "context " + context,
              arm,
              List.of(1 - second, second),
              List.of(1 - target, target),
              reward));
      expected += expected(world, estimate, log, chance * probability);
      log.remove(log.size() - 1);
    }
    return expected;
  }
}
