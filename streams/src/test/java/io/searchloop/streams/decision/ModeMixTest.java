package io.searchloop.streams.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.streams.heads.Stratum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeMixTest {
  private final ModeMix mix = new ModeMix(.1, .5);

  @ParameterizedTest
  @CsvSource({
    ".0999, TAIL, MULTILEAVED",
    ".0999, HEAD, MULTILEAVED",
    ".1, TAIL, ENGINE_ONLY",
    ".5999, TAIL, ENGINE_ONLY",
    ".3, HEAD, ASSIGNED",
    ".3, UNKNOWN, ASSIGNED",
    ".6, TAIL, ASSIGNED",
    ".9999, HEAD, ASSIGNED"
  })
  void dividesTheUnitIntervalByShareAndStratum(double u, Stratum stratum, LearningMode expected) {
    assertThat(mix.mode(u, stratum)).isEqualTo(expected);
  }

  @Test
  void sharesMayTakeEverything() {
    assertThat(new ModeMix(.25, .75).mode(.9999, Stratum.TAIL)).isEqualTo(LearningMode.ENGINE_ONLY);
  }

  @ParameterizedTest
  @CsvSource({"-.1, 0", "0, -.1", ".6, .5", "NaN, 0", "0, NaN"})
  void refusesSharesThatAreNone(double multileaved, double engineOnly) {
    assertThatThrownBy(() -> new ModeMix(multileaved, engineOnly))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Multileave share " + multileaved)
        .hasMessageContaining("together at most 1");
  }
}
