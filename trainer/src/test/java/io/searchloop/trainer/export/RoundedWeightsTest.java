package io.searchloop.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedWeightsTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 0x3f800000",
    "1.005, 0x3f810000",
    "-1.005, 0xbf810000",
    "0.0, 0x00000000",
    "Infinity, 0x7f800000",
    "3.4028235e38, 0x7f800000",
  })
  void givesTheNearestBfloat16(float value, String expected) {
    assertThat(RoundedWeights.round(Float.floatToIntBits(value)))
        .isEqualTo((int) Long.parseLong(expected.substring(2), 16));
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    assertThat(RoundedWeights.round(0x3f808000)).isEqualTo(0x3f800000);
    assertThat(RoundedWeights.round(0x3f818000)).isEqualTo(0x3f820000);
  }

  @Test
  void whatIsNoNumberStaysNone() {
    int rounded = RoundedWeights.round(0x7fffffff);

    assertThat(Float.intBitsToFloat(rounded)).isNaN();
    assertThat(rounded & 0xffff).isZero();
  }
}
