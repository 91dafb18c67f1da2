package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SupervisedLossTest {

  @Test
  void averagesOverTokensThatExist() {
    LibTorch.initialise(1);
    try (PointerScope scope = new PointerScope()) {
      Tensor logProbs = Tensors.ofDoubles(new double[] {Math.log(.5), Math.log(.125), -9}, 1, 3);
      Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 0}, 1, 3);

      assertThat(new SupervisedLoss().compute(logProbs, mask).figure("loss"))
          .isCloseTo(2 * Math.log(2), within(1e-9));
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    LibTorch.initialise(1);
    try (PointerScope scope = new PointerScope()) {
      Tensor mask = Tensors.ofDoubles(new double[] {1, 1, 0, 1, 1, 1}, 2, 3);

      Gradients.check(
          new double[] {-.5, -1.2, -9, -3, -.1, -2},
          new long[] {2, 3},
          logProbs -> new SupervisedLoss().compute(logProbs, mask).loss());
    }
  }
}
