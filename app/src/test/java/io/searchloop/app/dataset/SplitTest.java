package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void putsAboutFourFifthsOfQueriesInTrain() {
    long train =
        IntStream.range(0, 10_000).filter(i -> Split.of("query " + i) == Split.TRAIN).count();

    assertThat(train).isBetween(7_850L, 8_150L);
  }

  @Test
  void dependsOnNormalisedTextOnly() {
    for (int i = 0; i < 50; i++) {
      assertThat(Split.of("  Red   SOFA " + i)).isEqualTo(Split.of("red sofa " + i));
    }
  }

  /**
   * First 32 bits of `printf sofa | sha256sum`; a change would mix up train and test of old runs.
   */
  @Test
  void neverChanges() {
    assertThat(Split.hash("sofa")).isEqualTo(SOFA_HASH);
  }

  private static final int SOFA_HASH = 0xd32ce7bf;
}
