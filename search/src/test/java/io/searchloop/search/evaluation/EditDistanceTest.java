package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "sofa, sofa, 0",
    "sofa, soffa, 1",
    "sofa, sfa, 1",
    "sofa, sofe, 1",
    "sofa, osfa, 2",
    "kitten, sitting, 3",
    "'', ab, 2"
  })
  void countsEdits(String a, String b, int edits) {
    assertThat(EditDistance.within(a, b, edits)).isTrue();
    assertThat(EditDistance.within(b, a, edits)).isTrue();
    if (edits > 0) {
      assertThat(EditDistance.within(a, b, edits - 1)).isFalse();
    }
  }
}
