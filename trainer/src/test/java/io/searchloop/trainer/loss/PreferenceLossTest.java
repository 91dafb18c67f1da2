package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vectors have l_w = -4, l_l = -6 and reference -5, -5.5, so h = 1.5. */
class PreferenceLossTest {
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

  @Test
  void dpoIsTheLogisticLossOfTheMargin() {
    LossOutputs outputs = new PreferenceLoss.Dpo(.1).compute(pair(-5, -5.5, .3));

    assertThat(outputs.figure("loss")).isCloseTo(.620957, within(1e-6));
    assertThat(outputs.figure("margin_mean")).isCloseTo(1.5, within(1e-9));
    assertThat(outputs.figure("ordered_share")).isEqualTo(1);
  }

  @Test
  void dpoWithoutReferenceComparesTheResponsesThemselves() {
    assertThat(new PreferenceLoss.ReferenceFreeDpo(.1).compute(pair(-5, -5.5, 0)).figure("loss"))
        .isCloseTo(.598139, within(1e-6));
  }

  @Test
  void ipoPullsTheMarginToHalfTheInverseOfBeta() {
    assertThat(new PreferenceLoss.Ipo(.05).compute(pair(-5, -5.5, 0)).figure("loss"))
        .isCloseTo(72.25, within(1e-9));
  }

  @Test
  void robustDpoCorrectsForFlippedLabels() {
    PreferenceLoss robust = new PreferenceLoss.RobustDpo(.1);

    assertThat(robust.compute(pair(-5, -5.5, .1)).figure("loss")).isCloseTo(.602207, within(1e-6));
    assertThat(robust.compute(pair(-5, -5.5, 0)).figure("loss")).isCloseTo(.620957, within(1e-6));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    Tensor reference = Tensors.ofDoubles(new double[] {-5, -4}, 2);
    Tensor flips = Tensors.ofDoubles(new double[] {.1, .2}, 2);

    for (PreferenceLoss loss :
        List.of(
            new PreferenceLoss.Dpo(.1),
            new PreferenceLoss.ReferenceFreeDpo(.1),
            new PreferenceLoss.Ipo(.05),
            new PreferenceLoss.RobustDpo(.1))) {
      Gradients.check(
          new double[] {-4, -5, -6, -3}, // both preferred ones, then both rejected
          new long[] {2, 2},
          both ->
              loss.compute(
                      new PreferenceInputs(
                          both.select(0, 0), both.select(0, 1), reference, reference, flips))
                  .loss());
    }
  }

  @Test
  void betaMustBePositive() {
    assertThatThrownBy(() -> new PreferenceLoss.Ipo(0)).hasMessageContaining("found 0.0");
  }

  private static PreferenceInputs pair(
      double referencePreferred, double referenceOther, double flip) {
    return new PreferenceInputs(
        one(-4), one(-6), one(referencePreferred), one(referenceOther), one(flip));
  }

  private static Tensor one(double value) {
    return Tensors.ofDoubles(new double[] {value}, 1);
  }
}
