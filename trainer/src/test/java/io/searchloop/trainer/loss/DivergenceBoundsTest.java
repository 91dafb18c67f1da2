package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DivergenceBoundsTest {
  private static final int[] LENGTHS = {4, 4, 4, 4};
  private static final double[] ADVANTAGES = {.5, -.5, .5, -.5};
  private final DivergenceBounds bounds = new DivergenceBounds(.5, 4, 1);

  @Test
  void keepsOnPolicySequencesWithFullEffectiveShare() {
    var judgement = bounds.judge(new double[4], LENGTHS, ADVANTAGES, 3);

    assertThat(judgement.kept()).containsExactly(0, 1, 2, 3);
    assertThat(judgement.effectiveShare()).isCloseTo(1, within(1e-12));
    assertThat(judgement.problem()).isEmpty();
  }

  @Test
  void dropsOnlySequencesThatAreWorseAndAlreadyLessLikely() {
    double[] logRatios = {-4.4, -4.4, .1, .1};

    var judgement = new DivergenceBounds(.1, 100, 1).judge(logRatios, LENGTHS, ADVANTAGES, 3);

    assertThat(judgement.kept()).containsExactly(0, 2, 3);
    assertThat(judgement.drifted()).isEqualTo(1);
  }

  @Test
  void refusesWhenFewSequencesCarryAllTheWeight() {
    // Weights 3, e^-3, e^-3, e^-3: (3.149)^2 / (4 * 9.007) = .275.
    double[] logRatios = {2, -3, -3, -3};

    var judgement = bounds.judge(logRatios, LENGTHS, ADVANTAGES, 3);

    assertThat(judgement.effectiveShare()).isCloseTo(.2752, within(1e-3));
    assertThat(judgement.problem()).contains("effective sample share");
  }

  @Test
  void refusesWhenAllSequencesAreFarAwayAlike() {
    double[] logRatios = {3, 3, 3, 3};

    var judgement = bounds.judge(logRatios, LENGTHS, ADVANTAGES, 3);

    assertThat(judgement.meanSquare()).isCloseTo(9, within(1e-12));
    assertThat(judgement.problem()).contains("mean squared log-ratio 9.0");
  }

  @Test
  void refusesARatioThatNoHonestRecordShowsHoweverManyOthersAreFine() {
    double[] logRatios = new double[1_000];
    int[] lengths = new int[1_000];
    Arrays.fill(lengths, 4);
    logRatios[7] = Math.log(1e9);

    var judgement = bounds.judge(logRatios, lengths, new double[1_000], 3);

    assertThat(judgement.meanSquare()).as("on average harmless").isLessThan(4);
    assertThat(judgement.problem()).contains("has ratio 9.99").contains("expected at most");
  }

  @Test
  void refusesWhenNothingIsLeft() {
    double[] logRatios = {-9, -9, -9, -9};

    assertThat(bounds.judge(logRatios, LENGTHS, new double[] {-1, -1, -1, -1}, 3).problem())
        .isNotEmpty();
  }
}
