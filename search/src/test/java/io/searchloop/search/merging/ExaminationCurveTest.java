package io.searchloop.search.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminationCurveTest {

  @Test
  void positionsBeyondTheEndTakeTheLastValue() {
    ExaminationCurve curve = ExaminationCurve.of(1, .5);

    assertThat(curve.at(1)).isEqualTo(1);
    assertThat(curve.at(2)).isEqualTo(.5f);
    assertThat(curve.at(9)).isEqualTo(.5f);
  }

  @Test
  void logarithmicCurveIsTheDiscountOfNdcg() {
    ExaminationCurve curve = ExaminationCurve.logarithmic(3);

    assertThat(curve.toFloats()).containsExactly(new float[] {1, .63092977f, .5f}, within(1e-6f));
  }

  @Test
  void isAValue() {
    ExaminationCurve curve = ExaminationCurve.of(1, .5);
    curve.toFloats()[0] = 0;

    assertThat(curve)
        .isEqualTo(ExaminationCurve.of(1, .5))
        .hasSameHashCodeAs(ExaminationCurve.of(1, .5));
    assertThat(curve).isNotEqualTo(ExaminationCurve.of(1, .4));
  }

  @Test
  void refusesAnEmptyCurve() {
    assertThatThrownBy(ExaminationCurve::of).hasMessageContaining("0 positions");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -.1, 1.1, Double.NaN, 1e-60})
  void refusesWhatIsNoProbabilityOfBeingSeen(double probability) {
    assertThatThrownBy(() -> ExaminationCurve.of(1, probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("position 2 is " + probability);
  }
}
