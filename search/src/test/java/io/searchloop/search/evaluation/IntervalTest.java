package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void showsAValueAndADifferenceAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      Interval interval = new Interval(.0106, -.0052, .0174);

      assertThat(interval.text(3)).isEqualTo("0.011 [-0.005, 0.017]");
      assertThat(interval.signedText(4)).isEqualTo("+0.0106 [-0.0052, +0.0174]");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void excludesZeroOnEitherSide() {
    assertThat(new Interval(1, .5, 1.5).excludesZero()).isTrue();
    assertThat(new Interval(-1, -1.5, -.5).excludesZero()).isTrue();
    assertThat(new Interval(0, -.5, .5).excludesZero()).isFalse();
  }

  @Test
  void refusesEndsInTheWrongOrder() {
    assertThatThrownBy(() -> new Interval(0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1.0, -1.0], expected numbers with low <= high");
  }
}
