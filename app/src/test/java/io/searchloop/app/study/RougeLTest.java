package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RougeLTest {
  @Test
  void countsTheLongestCommonSubsequenceOfWords() {
    assertThat(RougeL.f1("garden hose reel", "garden reel")).isEqualTo(.8);
    assertThat(RougeL.f1("reel garden", "garden reel")).as("order counts").isEqualTo(.5);
    assertThat(RougeL.f1("a b c d e", "b x d e")).isCloseTo(6 / 9.0, within(1e-12));
  }

  @Test
  void equalTextsScoreOneAndStrangersNothing() {
    assertThat(RougeL.f1("door lock", "door lock")).isEqualTo(1);
    assertThat(RougeL.f1("door lock", "lamp")).isZero();
    assertThat(RougeL.f1("", "lamp")).isZero();
    assertThat(RougeL.f1("", "")).isEqualTo(1);
  }
}
