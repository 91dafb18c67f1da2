package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.trainer.network.LibTorch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One poisoned rollout among 127 good ones. */
class PoisonTest {
  private static final UpdateSettings SETTINGS =
      new UpdateSettings(
          new ClippedPolicyLoss(.2, .28, 3, Normalisation.DR_GRPO, 2, 3, .02),
          new PreferenceLoss.Dpo(.1),
          new PartialOrderLoss(1, 0),
          LearningRateSchedule.constant(1e-3),
          1,
          1,
          1,
          new DivergenceBounds(.5, 4, 1),
          MicroBatches.WHOLE);

  private VerifiableTask task;
  private Trainee trainee;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    task = new VerifiableTask(rank -> rank == 0 ? 1 : 0);
    trainee = new Trainee(task, 1, SETTINGS, 32);
    trainee.learnOnPolicy(5, AdvantageEstimator.CENTRED); // moments that a step could spoil
  }

  @AfterEach
  void close() {
    trainee.close();
    task.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, .5, NOT_FINITE",
    "-Infinity, .5, NOT_FINITE",
    "-22.8, .5, DIVERGED", // the current policy finds it e^20.7 = 1e9 times as likely
    "-2, NaN, NOT_FINITE",
    "-2, Infinity, NOT_FINITE",
    "-2, 1e300, NOT_FINITE"
  })
  void changesNoBitOfWeightsOrOptimiser(
      float behaviourLogProb, double advantage, StepOutcome.Cause cause) {
    List<TrainingRollout> rollouts = good();
    TrainingRollout victim = rollouts.get(3);
    rollouts.set(
        3,
        new TrainingRollout(
            victim.prompt(), victim.answer(), new float[] {behaviourLogProb, 0}, advantage, 0));
    List<Object> before = trainee.bits();

    StepOutcome outcome = trainee.step(rollouts);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            StepOutcome.Refused.class, refused -> assertThat(refused.cause()).isEqualTo(cause));
    assertThat(trainee.bits()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void leavesNoGradientBehindForTheNextStep() {
    List<TrainingRollout> poisoned = good();
    TrainingRollout victim = poisoned.get(0);
    poisoned.set(
        0,
        new TrainingRollout(
            victim.prompt(), victim.answer(), victim.behaviourLogProbs(), 1e300, 0));
    List<TrainingRollout> next = good();
    trainee.step(poisoned);
    trainee.step(next);

    try (Trainee untouched = new Trainee(task, 1, SETTINGS, 32)) {
      untouched.learnOnPolicy(5, AdvantageEstimator.CENTRED);
      untouched.step(next);

      assertThat(trainee.bits()).usingRecursiveComparison().isEqualTo(untouched.bits());
    }
  }

  private List<TrainingRollout> good() {
    double[][] current = trainee.probabilities();
    List<TrainingRollout> groups =
        new ArrayList<>(trainee.groups(current, current, AdvantageEstimator.CENTRED));
    assertThat(groups).hasSize(128);
    return groups;
  }
}
