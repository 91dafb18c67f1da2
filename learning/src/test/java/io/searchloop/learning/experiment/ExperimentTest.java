package io.searchloop.learning.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  @Test
  void addsUpMomentsByOneAndByMany() {
    Moments one = Moments.NONE.plus(1).plus(2).plus(6);

    assertThat(one).isEqualTo(new Moments(3, 3, 14));
    assertThat(one.variance()).isEqualTo(7);
    Moments parts = Moments.NONE.plus(1).plus(Moments.NONE.plus(2).plus(6));
    assertThat(parts.mean()).isCloseTo(3, within(1e-12));
    assertThat(parts.squares()).isCloseTo(14, within(1e-12));
    assertThat(Moments.NONE.plus(Moments.NONE)).isEqualTo(Moments.NONE);
  }

  @Test
  void isAsWideAsThePaperSays() {
    ConfidenceSequence sequence = new ConfidenceSequence(.01, 5_000);

    assertThat(sequence.radius(1, 5_000)).isCloseTo(.04745, within(1e-4));
    assertThat(sequence.radius(2, 5_000)).isCloseTo(2 * sequence.radius(1, 5_000), within(1e-12));
    assertThat(sequence.radius(1, 0)).isInfinite();
  }

  @Test
  void isTightestNearThePlannedWeight() {
    double planned = new ConfidenceSequence(.01, 5_000).radius(1, 5_000);

    assertThat(new ConfidenceSequence(.01, 500).radius(1, 5_000)).isGreaterThan(planned);
    assertThat(new ConfidenceSequence(.01, 50_000).radius(1, 5_000)).isGreaterThan(planned);
  }

  @Test
  void comparesWithinStrataWhenBaseAndShareChangeTogether() {
    // The candidate earns as much as the control at any time, but came when everyone earned more.
    Comparison comparison =
        Comparison.NONE
            .plus(of(1, 98), of(1, 2))
            .plus(of(5, 50), of(5, 50))
            .plus(of(9, 10), none());

    assertThat(comparison.difference()).isZero();
    assertThat(comparison.weight()).isCloseTo(1.96 + 25, within(1e-12));
    assertThat(comparison.candidate().mean()).isGreaterThan(comparison.control().mean() + 2);
  }

  @Test
  void gathersEvidenceOnlyAgainstAWrongRatio() {
    SampleRatio second = SampleRatio.NONE.plus(true, 50).plus(true, 50);
    assertThat(Math.exp(second.logEvidence())).isCloseTo(501.0 / 1001 / .5, within(1e-12));

    assertThat(ratio(.05, 5, 50_000).refuted(.01)).isFalse();
    assertThat(ratio(.045, 5, 50_000).refuted(.01)).isTrue();
    assertThat(ratio(.055, 5, 50_000).refuted(.01)).isTrue();
  }

  @Test
  void keepsEvidenceWhenTheShareChanges() {
    SampleRatio wrong = ratio(.04, 5, 50_000);
    SampleRatio later = wrong.plus(true, 10);

    assertThat(later.candidate()).isEqualTo(1);
    assertThat(later.logEvidence()).isCloseTo(wrong.logEvidence(), within(1e-9));
    assertThat(later.refuted(.01)).isTrue();
  }

  @Test
  void confirmsARatioOnlyWithEvidence() {
    assertThat(ratio(.5, 50, 500).confirmed(.05, .01)).isFalse();
    assertThat(ratio(.5, 50, 60_000).confirmed(.05, .01)).isTrue();
    assertThat(ratio(.4737, 50, 60_000).confirmed(.05, .01)).isFalse(); // a tenth lost
    assertThat(ratio(.5263, 50, 60_000).confirmed(.05, .01)).isFalse(); // of the control
  }

  @Test
  void hasNoRatioWithoutTwoArms() {
    assertThatThrownBy(() -> SampleRatio.NONE.plus(true, 100)).hasMessageContaining("100 %");
  }

  private static SampleRatio ratio(double share, int percent, int visitors) {
    SplittableRandom random = new SplittableRandom(4);
    SampleRatio ratio = SampleRatio.NONE;
    for (int i = 0; i < visitors; i++) {
      ratio = ratio.plus(random.nextDouble() < share, percent);
    }
    return ratio;
  }

  private static Moments of(double value, int count) {
    return new Moments(count, value, 0);
  }

  private static Moments none() {
    return Moments.NONE;
  }
}
