package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GradeScaleTest {
  @Test
  void countsGainFromTheIrrelevantGrade() {
    assertThat(GradeScale.FROM_ONE.gain(2.67)).isEqualTo(1.67);
    assertThat(GradeScale.FROM_ONE.gain(0.5)).isZero();
    assertThat(GradeScale.FROM_ZERO.gain(2)).isEqualTo(2);
  }

  @Test
  void countsRelevantFromItsThreshold() {
    assertThat(GradeScale.FROM_ONE.isRelevant(2.33)).isTrue();
    assertThat(GradeScale.FROM_ONE.isRelevant(2.25)).isFalse();
    assertThat(GradeScale.FROM_ZERO.isRelevant(2)).isTrue();
    assertThat(GradeScale.FROM_ZERO.isRelevant(1)).isFalse();
  }

  @Test
  void isDerivedFromSmallestGrade() {
    assertThat(GradeScale.derive(0)).isEqualTo(GradeScale.FROM_ZERO);
    assertThat(GradeScale.derive(1)).isEqualTo(GradeScale.FROM_ONE);
  }

  @Test
  void refusesThresholdOutsideItsRange() {
    assertThatThrownBy(() -> new GradeScale(0, 4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relevantFrom=4.0");
  }
}
