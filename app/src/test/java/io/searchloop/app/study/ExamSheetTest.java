package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExamSheetTest {
  private static final ExamMeasure MEASURE = ExamMeasure.CORRECTION_EXACT;

  private final ExamSheet sheet = sheet(0, 1);

  private static ExamSheet sheet(int... marked) {
    ExamSheet sheet = new ExamSheet(3);
    for (int query : marked) {
      sheet.mark(query, MEASURE, query);
    }
    return sheet;
  }

  @Test
  void comparesQueriesThatBothSheetsMark() {
    assertThat(sheet.difference(MEASURE, sheet(0, 1), 1).mean()).isZero();
  }

  @Test
  void doesNotPairMarksOfDifferentQueries() {
    assertThatThrownBy(() -> sheet.difference(MEASURE, sheet(0, 2), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("marks of the same queries");
  }
}
