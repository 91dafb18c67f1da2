package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TokenMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One step in parts must be the step at once. */
class UpdateStepTest {
  private static final int VOCABULARY = 32;
  private static final int LONGEST_ANSWER = 6;
  private static final MicroBatches PARTS = new MicroBatches(24);

  /** Large enough that Adam's first update, whose size is lr whatever the gradient's, is smooth. */
  private static final AdamSettings ADAM = new AdamSettings(.9, .99, 1e-2, 0);

  private final PolicyNetwork reference =
      PolicyNetwork.initialise(new NetworkConfig(VOCABULARY, 16, 2, 4, 2, 24, 32, 10_000, 1e-5), 3);
  private final TokenMask mask = TokenMask.everything(LONGEST_ANSWER, VOCABULARY);

  @BeforeEach
  void oneThread() {
    LibTorch.initialise(1);
  }

  @AfterEach
  void close() {
    mask.close();
    reference.close();
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void groupsInPartsMoveWeightsAsAllAtOnceDo(Normalisation normalisation) {
    List<TrainingRollout> rollouts = rollouts();

    Stepped whole = step(normalisation, MicroBatches.WHOLE, u -> u.groups(rollouts, 1));
    Stepped parts = step(normalisation, PARTS, u -> u.groups(rollouts, 1));

    assertAlike(parts, whole);
    assertThat(parts.outcome.figures().keySet()).isEqualTo(whole.outcome.figures().keySet());
    for (String figure : List.of("loss", "grad_norm", "ess")) {
      assertThat(parts.outcome.figures().get(figure))
          .as(figure)
          .isCloseTo(whole.outcome.figures().get(figure), within(1e-5));
    }
  }

  @Test
  void pairsInPartsMoveWeightsAsAllAtOnceDo() {
    List<TrainingPair> pairs = pairs();

    Stepped whole = step(Normalisation.GRPO, MicroBatches.WHOLE, u -> u.pairs(pairs, 0));
    Stepped parts = step(Normalisation.GRPO, PARTS, u -> u.pairs(pairs, 0));

    assertAlike(parts, whole);
  }

  @Test
  void supervisedStepInPartsMovesWeightsAsAllAtOnceDoes() {
    List<int[]> prompts = rollouts().stream().map(TrainingRollout::prompt).toList();
    List<int[]> answers = rollouts().stream().map(TrainingRollout::answer).toList();
    List<Map<String, float[]>> weights = new ArrayList<>();
    for (MicroBatches microBatches : List.of(MicroBatches.WHOLE, PARTS)) {
      try (PolicyNetwork network = learner();
          AdamOptimizer optimizer = new AdamOptimizer(network.parameters(), ADAM)) {
        new SupervisedStep(network, optimizer, mask, microBatches).learn(prompts, answers, .01);
        weights.add(weights(network));
      }
    }

    assertClose(weights.get(1), weights.get(0));
  }

  @Test
  void pairThatCannotBeLearnedFromChangesNothingAndLeavesNoGradient() {
    List<TrainingPair> pairs = pairs();
    List<TrainingPair> poisoned = new ArrayList<>(pairs);
    TrainingPair last = pairs.get(pairs.size() - 1);
    poisoned.set(
        pairs.size() - 1,
        new TrainingPair(last.prompt(), last.preferred(), last.rejected(), Double.NaN));
    UpdateSettings settings = settings(Normalisation.GRPO, PARTS, new PreferenceLoss.RobustDpo(.1));
    try (PolicyNetwork network = learner();
        AdamOptimizer optimizer = new AdamOptimizer(network.parameters(), ADAM)) {
      UpdateStep update = new UpdateStep(network, reference, optimizer, mask, settings);
      Map<String, float[]> before = weights(network);

      StepOutcome outcome = update.pairs(poisoned, 0);

      assertThat(outcome).isInstanceOf(StepOutcome.Refused.class);
      weights(network).forEach((name, w) -> assertThat(w).isEqualTo(before.get(name)));
      assertThat(optimizer.state().updates()).isZero();
      network
          .parameters()
          .forEach((name, w) -> assertThat(Tensors.toDoubles(w.grad())).containsOnly(0));
    }
  }

  @Test
  void learningRateFollowsTheStepEvenWithAFreshOptimizer() {
    List<TrainingPair> pairs = pairs();
    try (PolicyNetwork network = learner();
        AdamOptimizer optimizer = new AdamOptimizer(network.parameters(), ADAM)) {
      UpdateStep update =
          new UpdateStep(
              network,
              reference,
              optimizer,
              mask,
              settings(Normalisation.GRPO, MicroBatches.WHOLE, new PreferenceLoss.Dpo(.1)));
      List<Double> rates = new ArrayList<>();
      for (int step : new int[] {0, 1, 2, 3, 4, 2}) {
        rates.add(update.pairs(pairs, step).figures().get("learning_rate"));
      }

      // Peak .01, two updates of warm-up, down a line until the fourth. The last
      // is step 2 again, whatever the optimiser has counted: as after a rollback or a rebuild.
      assertThat(rates)
          .usingComparatorForType(UpdateStepTest::roughly, Double.class)
          .containsExactly(.005, .01, .005, 0.0, 0.0, .005);
    }
  }

  private record Stepped(StepOutcome outcome, Map<String, float[]> weights) {}

  private interface Step {
    StepOutcome apply(UpdateStep update);
  }

  private Stepped step(Normalisation normalisation, MicroBatches microBatches, Step step) {
    UpdateSettings settings = settings(normalisation, microBatches, new PreferenceLoss.Dpo(.1));
    try (PolicyNetwork network = learner();
        AdamOptimizer optimizer = new AdamOptimizer(network.parameters(), ADAM)) {
      StepOutcome outcome =
          step.apply(new UpdateStep(network, reference, optimizer, mask, settings));
      assertThat(outcome).isInstanceOf(StepOutcome.Updated.class);
      return new Stepped(outcome, weights(network));
    }
  }

  /** Starts elsewhere than the reference, so that the KL term has a gradient too. */
  private PolicyNetwork learner() {
    return PolicyNetwork.initialise(reference.config(), 4);
  }

  private static UpdateSettings settings(
      Normalisation normalisation, MicroBatches microBatches, PreferenceLoss preference) {
    return new UpdateSettings(
        new ClippedPolicyLoss(.2, .28, 3, normalisation, LONGEST_ANSWER, 3, .02),
        preference,
        new PartialOrderLoss(1, 0),
        new LearningRateSchedule(LearningRateSchedule.Shape.LINEAR, .01, .5, 0),
        4,
        1,
        1,
        new DivergenceBounds(.1, 100, 100),
        microBatches);
  }

  private void assertAlike(Stepped actual, Stepped expected) {
    assertClose(actual.weights, expected.weights);
    assertThat(weights(reference)).isNotEqualTo(expected.weights);
  }

  private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
    expected.forEach(
        (name, w) -> assertThat(actual.get(name)).as(name).containsExactly(w, within(1e-6f)));
  }

  private static Map<String, float[]> weights(PolicyNetwork network) {
    Map<String, float[]> weights = new TreeMap<>();
    network.parameters().forEach((name, w) -> weights.put(name, Tensors.toFloats(w)));
    return weights;
  }

  /** Five groups of three, sampled by the learner at its first step. */
  private List<TrainingRollout> rollouts() {
    SplittableRandom random = new SplittableRandom(5);
    List<TrainingRollout> rollouts = new ArrayList<>();
    for (int group = 0; group < 5; group++) {
      int[] prompt = tokens(random, 9);
      for (int member = 0; member < 3; member++) {
        int[] answer = tokens(random, LONGEST_ANSWER);
        rollouts.add(new TrainingRollout(prompt, answer, behaviour(prompt, answer), member - 1, 1));
      }
    }
    return rollouts;
  }

  private float[] behaviour(int[] prompt, int[] answer) {
    try (PolicyNetwork network = learner()) {
      double[] logProbs =
          new AnswerScorer(1, mask).logProbs(network, List.of(prompt), List.of(answer))[0];
      float[] narrowed = new float[logProbs.length];
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = (float) logProbs[i];
      }
      return narrowed;
    }
  }

  private static List<TrainingPair> pairs() {
    SplittableRandom random = new SplittableRandom(6);
    TrainingPair[] pairs = new TrainingPair[7];
    Arrays.setAll(
        pairs,
        i ->
            new TrainingPair(
                tokens(random, 9),
                tokens(random, LONGEST_ANSWER),
                tokens(random, LONGEST_ANSWER),
                .1));
    return List.of(pairs);
  }

  private static int[] tokens(SplittableRandom random, int most) {
    return random.ints(1 + random.nextInt(most), 0, VOCABULARY).toArray();
  }

  private static int roughly(double a, double b) {
    return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
  }
}
