package io.searchloop.trainer.loss;

import static io.searchloop.trainer.loss.Losses.inputs;
import static io.searchloop.trainer.loss.Losses.policyLoss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClippedPolicyLossTest {
  private static final double NO_DUAL_CLIP = Double.POSITIVE_INFINITY;

  private PointerScope scope;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1, Infinity, -1.2",
    "1.5, -1, Infinity, 1.5",
    ".5, 1, Infinity, -.5",
    ".5, -1, Infinity, .8",
    "10, -1, Infinity, 10",
    "10, -1, 3, 3",
    "10, 1, 3, -1.2"
  })
  void clipsAsSpecified(double ratio, double advantage, double dualClip, double expected) {
    LossInputs inputs = inputs(new double[] {Math.log(ratio)}, new double[] {advantage});

    for (Normalisation normalisation : Normalisation.values()) {
      Tensor loss = policyLoss(normalisation, dualClip, 1, 0).compute(inputs).loss();
      assertThat(loss.item_double()).as("%s", normalisation).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void higherClipLetsGoodRewritesGrowFurther() {
    ClippedPolicyLoss loss =
        new ClippedPolicyLoss(.2, .28, NO_DUAL_CLIP, Normalisation.GRPO, 1, 3, 0);

    LossOutputs outputs = loss.compute(inputs(new double[] {Math.log(1.5)}, new double[] {1}));

    assertThat(outputs.figure("loss")).isCloseTo(-1.28, within(1e-9));
    assertThat(outputs.figure("clipped_share")).isEqualTo(1);
  }

  /**
   * Sequence one has one token of ratio 1.1, A = 1; sequence two has three of ratio 1, A = -1.
   * Token losses: -1.1; 1, 1, 1.
   */
  @ParameterizedTest
  @CsvSource({
    "GRPO, -.05", // (-1.1 + 1) / 2
    "DAPO, .475", // (-1.1 + 3) / 4 tokens
    "DR_GRPO, .19", // (-1.1 + 3) / (2 sequences * 5)
    "SEQ, -.05"
  })
  void normalisesOverTokensAndSequences(Normalisation normalisation, double expected) {
    double[] ratios = {Math.log(1.1), 0, 0, 0, 0, 0};
    double[] mask = {1, 0, 0, 1, 1, 1};
    LossInputs inputs = inputs(ratios, mask, new double[] {1, -1});

    double loss = policyLoss(normalisation, NO_DUAL_CLIP, 5, 0).compute(inputs).figure("loss");

    assertThat(loss).isCloseTo(expected, within(1e-9));
  }

  @Test
  void sequenceRatioIsTheExponentOfTheMeanLogRatio() {
    LossInputs inputs = inputs(new double[] {.1, .05}, new double[] {1, 1}, new double[] {1});

    LossOutputs outputs = policyLoss(Normalisation.SEQ, NO_DUAL_CLIP, 1, 0).compute(inputs);

    assertThat(outputs.figure("loss")).isCloseTo(-Math.exp(.075), within(1e-9));
  }

  @Test
  void offPolicyWeightIsPerSequenceAndCapped() {
    double[] zeros = {0, 0};
    LossInputs inputs =
        new LossInputs(
            Tensors.ofDoubles(new double[] {-2, -2}, 2, 1),
            Tensors.ofDoubles(new double[] {-2, -2}, 2, 1),
            Tensors.ofDoubles(new double[] {-3, -4}, 2), // w = e, and e^2 capped at 3
            Tensors.ofDoubles(zeros, 2, 1),
            Tensors.ofDoubles(new double[] {1, 1}, 2, 1),
            Tensors.ofDoubles(new double[] {1, 1}, 2));

    LossOutputs outputs = policyLoss(Normalisation.GRPO, NO_DUAL_CLIP, 1, 0).compute(inputs);

    assertThat(outputs.figure("loss")).isCloseTo(-(Math.E + 3) / 2, within(1e-9));
    assertThat(outputs.figure("weight_capped_share")).isEqualTo(.5);
    assertThat(outputs.figure("effective_sample_share"))
        .isCloseTo(Math.pow(Math.E + 3, 2) / (2 * (Math.E * Math.E + 9)), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({".2, .0214028", "-.2, .0187308"})
  void klIsTheThirdEstimatorAndWeighted(double x, double expected) {
    LossInputs inputs =
        new LossInputs(
            Tensors.ofDoubles(new double[] {-1}, 1, 1),
            Tensors.ofDoubles(new double[] {-1}, 1, 1),
            Tensors.ofDoubles(new double[] {-1}, 1),
            Tensors.ofDoubles(new double[] {-1 + x}, 1, 1),
            Tensors.ofDoubles(new double[] {1}, 1, 1),
            Tensors.ofDoubles(new double[] {0}, 1));

    LossOutputs outputs = policyLoss(Normalisation.GRPO, NO_DUAL_CLIP, 1, .5).compute(inputs);

    assertThat(outputs.figure("reference_kl")).isCloseTo(expected, within(1e-7));
    assertThat(outputs.figure("loss")).isCloseTo(.5 * expected, within(1e-7));
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void gradientMatchesFiniteDifferences(Normalisation normalisation) {
    // Ratios inside, above and below the clip range, never on its corners.
    double[] logProbs = {-1.05, -2.3, -.7, -1.9, -.4, -3};
    Tensor proximal = Tensors.ofDoubles(new double[] {-1, -2, -1.2, -1.5, -.5, -3.1}, 2, 3);
    Tensor reference = Tensors.ofDoubles(new double[] {-1.2, -2, -1, -1.7, -.6, -2.8}, 2, 3);
    Tensor behaviour = Tensors.ofDoubles(new double[] {-4.4, -2.2}, 2);
    Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 1, 1, 1, 0}, 2, 3);
    Tensor advantages = Tensors.ofDoubles(new double[] {.8, -1.3}, 2);
    ClippedPolicyLoss loss = policyLoss(normalisation, 3, 4, .1);

    Gradients.check(
        logProbs,
        new long[] {2, 3},
        l ->
            loss.compute(new LossInputs(l, proximal, behaviour, reference, mask, advantages))
                .loss());
  }

  /**
   * Each part of the loss alone: tokens of ratio .5, .9, 1.1, 1.25, 1.5 and 10, so that the wider
   * upper clip and the dual clip each decide at least one of them.
   */
  @ParameterizedTest
  @CsvSource({
    // clip high, dual clip, KL weight, advantage, log of the off-policy weight
    ".2, Infinity, 0, 1, 0",
    ".2, Infinity, 0, -1, 0",
    ".28, Infinity, 0, 1, 0",
    ".2, 3, 0, -1, 0",
    ".2, 3, .5, 0, 0",
    ".2, 3, 0, 1, -.7",
    ".2, 3, 0, -1, 5"
  })
  void gradientOfEachPartMatchesFiniteDifferences(
      double clipHigh, double dualClip, double klWeight, double advantage, double logWeight) {
    double[] ratios = {.5, .9, 1.1, 1.25, 1.5, 10};
    double[] logRatios = Arrays.stream(ratios).map(Math::log).toArray();
    Tensor zeros = Tensors.ofDoubles(new double[6], 1, 6);
    Tensor reference = Tensors.ofDoubles(new double[] {.2, -.2, .5, 0, -1, 1}, 1, 6);
    Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 1, 1, 1, 1}, 1, 6);
    Tensor behaviour = Tensors.ofDoubles(new double[] {-logWeight}, 1);
    Tensor advantages = Tensors.ofDoubles(new double[] {advantage}, 1);

    for (Normalisation normalisation : Normalisation.values()) {
      ClippedPolicyLoss loss =
          new ClippedPolicyLoss(.2, clipHigh, dualClip, normalisation, 4, 3, klWeight);
      double[] point = normalisation == Normalisation.SEQ ? inside(logRatios) : logRatios;
      Gradients.check(
          point,
          new long[] {1, 6},
          l ->
              loss.compute(new LossInputs(l, zeros, behaviour, reference, mask, advantages))
                  .loss());
    }
  }

  /** Scaled down so that the ratio of the whole sequence lies within the clip. */
  private static double[] inside(double[] logRatios) {
    return Arrays.stream(logRatios).map(ratio -> ratio / 10).toArray();
  }

  @Test
  void leaveOneOutAdvantagesOfAGroupOnPolicyGiveReinforcesGradient() {
    // RLOO (arXiv 2402.14740): at rho = 1 the gradient of -A rho is -A, divided by B and length.
    GroupAdvantage group = GroupAdvantage.of(AdvantageEstimator.LEAVE_ONE_OUT, 1, 0, .5, .5);
    double[] advantages = IntStream.range(0, 4).mapToDouble(group::of).toArray();
    Tensor logProbs = Tensors.ofDoubles(new double[] {-1, -2, -3, -4}, 4, 1);
    Tensor proximal = logProbs.detach().clone();
    logProbs.set_requires_grad(true);
    Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 1, 1}, 4, 1);

    policyLoss(Normalisation.DR_GRPO, 3, 1, 0)
        .compute(
            new LossInputs(
                logProbs,
                proximal,
                proximal.sum(1L),
                proximal,
                mask,
                Tensors.ofDoubles(advantages, 4)))
        .backward();

    assertThat(Tensors.toDoubles(logProbs.grad()))
        .containsExactly(new double[] {-1 / 6.0, 1 / 6.0, 0, 0}, within(1e-9));
  }

  @Test
  void inputsOfAnotherShapeAreNamed() {
    Tensor token = Tensors.ofDoubles(new double[] {0, 0}, 1, 2);
    Tensor sequence = Tensors.ofDoubles(new double[] {0}, 1);

    assertThatThrownBy(() -> new LossInputs(token, token, token, token, token, sequence))
        .hasMessageContaining("behaviour: found shape [1, 2], expected [1]");
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new ClippedPolicyLoss(1.2, .2, 3, Normalisation.GRPO, 1, 3, 0))
        .hasMessageContaining("clip-low: found 1.2");
  }
}
