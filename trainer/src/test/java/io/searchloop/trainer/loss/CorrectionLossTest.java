package io.searchloop.trainer.loss;

import static io.searchloop.trainer.loss.Losses.policyLoss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorrectionLossTest {
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
  void weighsWithoutClipping() {
    assertThat(correction(Math.log(1.5), Math.log(2), .75)).isCloseTo(-2.25, within(1e-9));
  }

  @Test
  void addsUpWithTheAdvantageItCorrects() {
    double late = correction(.4, .3, .75) + correction(.4, .3, -.2);

    assertThat(late).isCloseTo(correction(.4, .3, .55), within(1e-9));
  }

  @Test
  void capsTheWeightAlone() {
    assertThat(correction(Math.log(20), Math.log(50), 1)).isCloseTo(-60, within(1e-9));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    Tensor zeros = Tensors.ofDoubles(new double[4], 2, 2);
    Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 1, 0}, 2, 2);
    Tensor behaviour = Tensors.ofDoubles(new double[] {-.5, .2}, 2);
    Tensor changes = Tensors.ofDoubles(new double[] {.75, -.25}, 2);
    CorrectionLoss loss = CorrectionLoss.to(policyLoss(Normalisation.DR_GRPO, 3, 4, .1));

    Gradients.check(
        new double[] {.3, -.9, .8, 0},
        new long[] {2, 2},
        l -> loss.compute(new LossInputs(l, zeros, behaviour, zeros, mask, changes)).loss());
  }

  private static double correction(double logRatio, double logWeight, double change) {
    Tensor zero = Tensors.ofDoubles(new double[] {0}, 1, 1);
    LossInputs inputs =
        new LossInputs(
            Tensors.ofDoubles(new double[] {logRatio}, 1, 1),
            zero,
            Tensors.ofDoubles(new double[] {-logWeight}, 1),
            zero,
            Tensors.ofDoubles(new double[] {1}, 1, 1),
            Tensors.ofDoubles(new double[] {change}, 1));
    return CorrectionLoss.to(policyLoss(Normalisation.GRPO, 3, 1, 0))
        .compute(inputs)
        .figure("loss");
  }
}
