package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartialOrderLossTest {
  private static final PartialOrderLoss RANKING_ONLY = new PartialOrderLoss(1, 0);
  private static final double[] SCORES = {-1, -1.5, -2};

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
  void matchesThePublishedVectorOnATotalOrder() {
    assertThat(loss(RANKING_ONLY, SCORES, order(0, 1, 2))).isCloseTo(1.154347, within(1e-6));
  }

  @Test
  void doesNotCompareAnswersOfOneLevel() {
    // The first against both others; neither of those against anybody.
    assertThat(loss(RANKING_ONLY, SCORES, order(0, 1, 1))).isCloseTo(.680270, within(1e-6));
    // Each of the first two against the third alone: log(1 + e^-1) + log(1 + e^-.5).
    assertThat(loss(RANKING_ONLY, SCORES, order(0, 0, 1)))
        .isCloseTo(Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-.5)), within(1e-9));
  }

  @Test
  void twoLevelsOfOneAnswerAreThePairLossOfBradleyAndTerry() {
    double pair = loss(new PartialOrderLoss(2, 0), new double[] {-1, -4}, order(0, 1));

    assertThat(pair).isCloseTo(Math.log1p(Math.exp(-1.5)), within(1e-9));
  }

  @Test
  void neverComparesAnswersOfDifferentQueries() {
    double[] both = {-1, -1.5, -2, -7, -3};
    double first = loss(RANKING_ONLY, SCORES, order(0, 1, 2));
    double second = loss(RANKING_ONLY, new double[] {-7, -3}, order(0, 1));

    assertThat(loss(RANKING_ONLY, both, order(0, 1, 2), order(0, 1)))
        .isCloseTo((first + second) / 2, within(1e-9));
  }

  @Test
  void supervisesTheBestAnswersAlone() {
    LossOutputs outputs =
        new PartialOrderLoss(1, .1).compute(inputs(SCORES, List.of(order(0, 0, 1))));

    assertThat(outputs.figure("supervised_loss")).isCloseTo(1.25, within(1e-9));
    assertThat(outputs.figure("loss"))
        .isCloseTo(outputs.figure("ranking_loss") + .125, within(1e-9));
  }

  @Test
  void tellsTheShareOfComparisonsInOrder() {
    // Better and worse: 1 over 2 right, 1 over 3 wrong, 2 over 3 wrong.
    assertThat(
            RANKING_ONLY
                .compute(inputs(new double[] {-2, -2.5, -1}, List.of(order(0, 1, 2))))
                .figure("ordered_share"))
        .isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    List<TrainingOrder> orders = List.of(order(0, 0, 1, 2, 2), order(0, 1), order(0, 1, 1));

    Gradients.check(
        new double[] {-1, -.4, -2, -1.1, -3, -2, -.5, -1, -1.2, -.3},
        new long[] {10},
        scores ->
            new PartialOrderLoss(.7, .05).compute(PartialOrderInputs.of(scores, orders)).loss());
  }

  @Test
  void refusesLevelsThatAreNoOrder() {
    for (int[] levels : new int[][] {{0, 0}, {1, 2}, {0, 2, 1}, {}}) {
      assertThatThrownBy(() -> order(levels)).hasMessageContaining("expected levels from 0");
    }
    assertThatThrownBy(
            () -> new TrainingOrder(new int[] {1}, List.of(new int[] {5}), new int[] {0, 1}))
        .hasMessageContaining("1 answers and 2 levels");
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new PartialOrderLoss(0, .1)).hasMessageContaining("temperature 0.0");
    assertThatThrownBy(() -> new PartialOrderLoss(1, -1)).hasMessageContaining("weight -1.0");
  }

  private static double loss(PartialOrderLoss loss, double[] scores, TrainingOrder... orders) {
    return loss.compute(inputs(scores, List.of(orders))).figure("loss");
  }

  private static PartialOrderInputs inputs(double[] scores, List<TrainingOrder> orders) {
    return PartialOrderInputs.of(Tensors.ofDoubles(scores, scores.length), orders);
  }

  private static TrainingOrder order(int... levels) {
    List<int[]> answers = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      answers.add(new int[] {5 + i, 3});
    }
    return new TrainingOrder(new int[] {1, 2}, answers, levels);
  }
}
