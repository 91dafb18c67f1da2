package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.Tensors;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** Compares automatic gradients with central differences in float64. */
final class Gradients {
  private static final double STEP = 1e-6;

  private Gradients() {}

  static void check(double[] point, long[] shape, Function<Tensor, Tensor> loss) {
    Tensor variable = Tensors.ofDoubles(point, shape);
    variable.set_requires_grad(true);
    loss.apply(variable).backward();
    double[] automatic = Tensors.toDoubles(variable.grad());
    for (int i = 0; i < point.length; i++) {
      double numeric =
          (at(point, shape, loss, i, STEP) - at(point, shape, loss, i, -STEP)) / (2 * STEP);
      assertThat(automatic[i]).as("derivative %d", i).isCloseTo(numeric, within(1e-7));
    }
    assertThat(automatic).as("a gradient that is zero proves nothing").contains(nonZero(automatic));
  }

  private static double at(
      double[] point, long[] shape, Function<Tensor, Tensor> loss, int index, double step) {
    double[] moved = point.clone();
    moved[index] += step;
    return loss.apply(Tensors.ofDoubles(moved, shape)).item_double();
  }

  private static double nonZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return value;
      }
    }
    throw new AssertionError("every derivative is zero");
  }
}
