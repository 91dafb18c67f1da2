package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DistillationLossTest {
  private static final double NEVER = Double.NEGATIVE_INFINITY;
  private static final double[] TEACHER = {.60, .39, .01};
  private static final double[] STUDENT = {.34, .33, .33};

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
  @CsvSource({"REVERSE_KL, .9056", "FORWARD_KL, .3710"})
  void pointsInItsDirection(DistillationLoss loss, double expected) {
    LossOutputs outputs =
        loss.compute(new DistillationInputs(logs(STUDENT, 1), logs(TEACHER, 1), 1));

    assertThat(outputs.figure("loss")).isCloseTo(expected, within(5e-5));
  }

  @Test
  void reverseKlPunishesWhatTheTeacherNeverSaysAndForwardKlWhatTheStudentMisses() {
    double[] bimodal = {.495, .495, .01};
    double[] oneMode = {.98, .01, .01};
    double[] covering = {.34, .33, .33};

    assertThat(value(DistillationLoss.REVERSE_KL, oneMode, bimodal))
        .isLessThan(value(DistillationLoss.REVERSE_KL, covering, bimodal));
    assertThat(value(DistillationLoss.FORWARD_KL, covering, bimodal))
        .isLessThan(value(DistillationLoss.FORWARD_KL, oneMode, bimodal));
  }

  @ParameterizedTest
  @EnumSource
  void sumsOverTokensAndAveragesOverSequences(DistillationLoss loss) {
    double one = value(loss, STUDENT, TEACHER);
    LossOutputs outputs =
        loss.compute(new DistillationInputs(logs(STUDENT, 6), logs(TEACHER, 6), 2));

    assertThat(outputs.figure("loss")).isCloseTo(3 * one, within(1e-9));
    assertThat(outputs.figure("token_divergence")).isCloseTo(one, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void ignoresForbiddenTokens(DistillationLoss loss) {
    double[] student = {Math.log(.5), NEVER, Math.log(.5)};
    double[] teacher = {Math.log(.8), NEVER, Math.log(.2)};
    Tensor variable = Tensors.ofDoubles(student, 1, 3);
    variable.set_requires_grad(true);

    LossOutputs outputs =
        loss.compute(new DistillationInputs(variable, Tensors.ofDoubles(teacher, 1, 3), 1));
    outputs.backward();

    assertThat(outputs.figure("loss"))
        .isCloseTo(value(loss, new double[] {.5, .5}, new double[] {.8, .2}), within(1e-9));
    double[] gradient = Tensors.toDoubles(variable.grad());
    assertThat(gradient[1]).isZero();
    assertThat(gradient[0]).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void gradientMatchesFiniteDifferences(DistillationLoss loss) {
    Tensor teacher = Tensors.ofDoubles(new double[] {.3, -1, .7, 2, 0, -.5}, 2, 3).log_softmax(1);

    Gradients.check(
        new double[] {-.2, .4, 1, .1, -2, .6},
        new long[] {2, 3},
        logits -> loss.compute(new DistillationInputs(logits.log_softmax(1), teacher, 2)).loss());
  }

  @Test
  void anotherVocabularyIsNamed() {
    assertThatThrownBy(
            () -> new DistillationInputs(logs(STUDENT, 2), logs(new double[] {.5, .5}, 3), 1))
        .hasMessageContaining("same tokenizer")
        .hasMessageContaining("found shape [3, 2], expected [2, 3]");
  }

  private static double value(DistillationLoss loss, double[] student, double[] teacher) {
    return loss.compute(new DistillationInputs(logs(student, 1), logs(teacher, 1), 1))
        .figure("loss");
  }

  private static Tensor logs(double[] probabilities, int rows) {
    double[] logs = new double[rows * probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(probabilities[i % probabilities.length]);
    }
    return Tensors.ofDoubles(logs, rows, probabilities.length);
  }
}
