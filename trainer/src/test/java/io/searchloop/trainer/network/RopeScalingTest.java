package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RopeScalingTest {
  private static final RopeScaling LLAMA3 = new RopeScaling(RopeScaling.Kind.LLAMA3, 8, 1, 4, 8192);

  @Test
  void noneKeepsAndLinearDividesFrequencies() {
    assertThat(RopeScaling.NONE.apply(.25)).isEqualTo(.25);
    assertThat(RopeScaling.linear(4).apply(.25)).isEqualTo(.0625);
  }

  @Test
  void llama3KeepsShortWavelengthsAndDividesLongOnes() {
    assertThat(LLAMA3.apply(2 * Math.PI / 2000)).isEqualTo(2 * Math.PI / 2000);
    assertThat(LLAMA3.apply(2 * Math.PI / 10_000)).isCloseTo(2 * Math.PI / 80_000, within(1e-15));
  }

  @Test
  void llama3BlendsInBetween() {
    // Wavelength 4096 turns twice within 8192: a third of the way from low 1 to high 4.
    double frequency = 2 * Math.PI / 4096;

    assertThat(LLAMA3.apply(frequency))
        .isCloseTo(frequency * (1.0 / 3 + 2.0 / 3 / 8), within(1e-15));
  }

  @Test
  void survivesAProperty() {
    assertThat(RopeScaling.parse(LLAMA3.format())).isEqualTo(LLAMA3);
    assertThat(RopeScaling.parse(RopeScaling.NONE.format())).isEqualTo(RopeScaling.NONE);
  }

  @Test
  void impossibleFactorsAreRefused() {
    assertThatThrownBy(() -> RopeScaling.linear(.5)).hasMessageContaining("factor 0.5");
    assertThatThrownBy(() -> new RopeScaling(RopeScaling.Kind.LLAMA3, 8, 4, 1, 8192))
        .hasMessageContaining("frequency factors 4.0 and 1.0");
  }
}
