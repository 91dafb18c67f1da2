package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamOptimizerTest {
  private static final AdamSettings NO_DECAY = new AdamSettings(.9, .99, 1e-8, 0);
  private static final double NO_CLIP = Double.POSITIVE_INFINITY;

  private PointerScope scope;
  private Tensor parameter;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    scope = new PointerScope();
    parameter = Tensors.ofFloats(new float[] {1, 2}, 1, 2);
    parameter.set_requires_grad(true);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void firstUpdateMovesByTheLearningRate() {
    try (AdamOptimizer optimizer = optimizer(NO_DECAY)) {
      backward(.5, -3);

      double norm = optimizer.step(.1, NO_CLIP);

      assertThat(norm).isCloseTo(Math.sqrt(.25 + 9), within(1e-6));
      assertThat(Tensors.toDoubles(parameter))
          .containsExactly(new double[] {.9, 2.1}, within(1e-6));
    }
  }

  @Test
  void secondUpdateFollowsTheEquation() {
    try (AdamOptimizer optimizer = optimizer(NO_DECAY)) {
      backward(.5, 0);
      optimizer.step(.1, NO_CLIP);
      backward(1, 0);
      optimizer.step(.1, NO_CLIP);

      double m = (.9 * .1 * .5 + .1 * 1) / (1 - .9 * .9);
      double v = (.99 * .01 * .25 + .01 * 1) / (1 - .99 * .99);
      assertThat(Tensors.toDoubles(parameter)[0])
          .isCloseTo(.9 - .1 * m / Math.sqrt(v), within(1e-6));
    }
  }

  @Test
  void decayShrinksMatricesByTheLearningRateTimesTheDecay() {
    try (AdamOptimizer optimizer = optimizer(new AdamSettings(.9, .99, 1e-8, .5))) {
      backward(0, 0);

      optimizer.step(.1, NO_CLIP);

      assertThat(Tensors.toDoubles(parameter))
          .containsExactly(new double[] {.95, 1.9}, within(1e-6));
    }
  }

  @Test
  void clippingScalesTheWholeGradient() {
    try (AdamOptimizer optimizer = optimizer(NO_DECAY)) {
      backward(3, 4);

      assertThat(optimizer.step(.1, 1)).isCloseTo(5, within(1e-6));

      Tensor moment = optimizer.state().firstMoments().values().iterator().next();
      assertThat(Tensors.toDoubles(moment)).containsExactly(new double[] {.06, .08}, within(1e-7));
    }
  }

  @Test
  void gradientThatIsNotFiniteChangesNothing() {
    try (AdamOptimizer optimizer = optimizer(NO_DECAY)) {
      backward(Double.NaN, 1);

      assertThat(optimizer.step(.1, 1)).isNaN();

      assertThat(Tensors.toDoubles(parameter)).containsExactly(1, 2);
      assertThat(optimizer.state().updates()).isZero();
      assertThat(Tensors.toDoubles(parameter.grad())).containsExactly(0, 0);
    }
  }

  @Test
  void stateOfAnotherNetworkIsRefused() {
    try (AdamOptimizer optimizer = optimizer(NO_DECAY)) {
      AdamState foreign = new AdamState(1, Map.of("other", parameter), Map.of("other", parameter));

      assertThatThrownBy(() -> optimizer.restore(foreign))
          .hasMessageContaining("[other]")
          .hasMessageContaining("[p]");
    }
  }

  private AdamOptimizer optimizer(AdamSettings settings) {
    return new AdamOptimizer(Map.of("p", parameter), settings);
  }

  /** Sets the gradient to (first, second). */
  private void backward(double first, double second) {
    Tensor slope = Tensors.ofFloats(new double[] {first, second}, 1, 2);
    parameter.mul(slope).sum().mul(new Scalar(1.0)).backward();
  }
}
