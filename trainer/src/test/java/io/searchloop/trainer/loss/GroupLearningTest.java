package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.trainer.network.LibTorch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Learning itself, where the truth is known: every expectation is computed by enumeration. */
@Timeout(120)
class GroupLearningTest {
  private static final int SEEDS = 3;
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;
  private static final DivergenceBounds NO_BOUNDS = new DivergenceBounds(0, UNBOUNDED, UNBOUNDED);

  @BeforeAll
  static void load() {
    LibTorch.initialise(1);
  }

  @ParameterizedTest
  @EnumSource
  void reachesTheOptimumOfAVerifiableTask(Normalisation normalisation) {
    try (VerifiableTask task = new VerifiableTask(rank -> rank == 0 ? 1 : 0);
        Trainee trainee = new Trainee(task, 1, settings(normalisation, 0, 3e-3), 16)) {
      assertThat(trainee.expectedReward()).isCloseTo(1 / 8.0, within(.02));

      trainee.learnOnPolicy(200, AdvantageEstimator.CENTRED);

      assertThat(trainee.expectedReward()).isGreaterThan(.99);
    }
  }

  /**
   * Half of the answers earn one, and the reference gives them p0 = 1/2. In expectation over its
   * own samples the gradient of k3 is that of KL(ref || theta), so with unbiased advantages the
   * step vanishes where p (1 - p) + beta (p0 - p) = 0: p = .809017 at beta 1/2.
   */
  @Test
  void settlesWhereTheLeashBalancesTheReward() {
    double beta = .5;
    double optimum = (1 - beta + Math.sqrt((1 - beta) * (1 - beta) + 2 * beta)) / 2;
    try (VerifiableTask task = new VerifiableTask(rank -> rank < 4 ? 1 : 0);
        Trainee trainee = new Trainee(task, 3, settings(Normalisation.DR_GRPO, beta, 1e-3), 16)) {
      trainee.learnOnPolicy(400, AdvantageEstimator.LEAVE_ONE_OUT);
      double mean = 0;
      for (int i = 0; i < 100; i++) {
        trainee.learnOnPolicy(1, AdvantageEstimator.LEAVE_ONE_OUT);
        mean += trainee.expectedReward() / 100;
      }

      assertThat(optimum).isCloseTo(.809017, within(1e-6));
      assertThat(mean).isCloseTo(optimum, within(.02));
    }
  }

  /**
   * A policy that mostly said the second-best answer learns, within fifty steps, to say the best.
   * Then it learns on from what it said fifty to a hundred and fifty steps ago. Weighted, those
   * rollouts still point to the best answer; taken as its own, they speak for what was said often.
   */
  @Test
  void dataFiftyStepsOldImprovesWithTheDecoupledWeightAndDegradesWithout() {
    double fresh = 0;
    double decoupled = 0;
    double coupled = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Ageing weighted = ageing(seed, true);
      Ageing unweighted = ageing(seed, false);

      assertThat(weighted.before()).isEqualTo(unweighted.before());
      assertThat(weighted.after()).as("seed %d", seed).isGreaterThan(weighted.before());
      fresh += weighted.before() / SEEDS;
      decoupled += weighted.after() / SEEDS;
      coupled += unweighted.after() / SEEDS;
    }

    assertThat(fresh).isGreaterThan(.95);
    assertThat(decoupled).isGreaterThan(fresh + .005);
    assertThat(coupled).isLessThan(fresh - .03);
  }

  /** Expected reward before and after learning from old rollouts. */
  private record Ageing(double before, double after) {}

  private static Ageing ageing(long seed, boolean decoupled) {
    double[] habits = {.12, .76, .02, .02, .02, .02, .02, .02};
    try (VerifiableTask task = new VerifiableTask(rank -> rank == 0 ? 1 : rank == 1 ? .7 : 0);
        Trainee trainee = new Trainee(task, seed, settings(Normalisation.DR_GRPO, 0, 7e-3), 32)) {
      trainee.imitate(habits, 150);
      double[][] old = trainee.probabilities();
      trainee.learnOnPolicy(50, AdvantageEstimator.CENTRED);
      double before = trainee.expectedReward();
      for (int i = 0; i < 100; i++) {
        // Recorded as its own, every weight is one: rollouts pass for on-policy.
        double[][] recorded = decoupled ? old : trainee.probabilities();
        trainee.learn(old, recorded, AdvantageEstimator.CENTRED);
      }
      return new Ageing(before, trainee.expectedReward());
    }
  }

  private static UpdateSettings settings(
      Normalisation normalisation, double klWeight, double learningRate) {
    return new UpdateSettings(
        new ClippedPolicyLoss(.2, .28, 3, normalisation, 2, 3, klWeight),
        new PreferenceLoss.Dpo(.1),
        new PartialOrderLoss(1, 0),
        LearningRateSchedule.constant(learningRate),
        1,
        1,
        1,
        NO_BOUNDS,
        MicroBatches.WHOLE);
  }
}
