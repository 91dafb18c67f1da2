package io.searchloop.app.study;

import java.util.Locale;

/** What a student's greedy answer to a held-out query is measured by; a mean over queries each. */
public enum ExamMeasure {
  /** Whether it obeys the format. */
  VALIDITY,
  /** Whether it is the teacher's, word for word. */
  TEACHER_EXACT,
  /** ROUGE-L against the teacher's. */
  TEACHER_ROUGE_L,
  /** Nats a token that the student needs for the teacher's answer; 0 where it is certain of it. */
  TEACHER_CROSS_ENTROPY,
  /** Misspelt queries: whether it is the known correction. */
  CORRECTION_EXACT,
  /** Misspelt queries: ROUGE-L against the known correction. */
  CORRECTION_ROUGE_L,
  /** Misspelt queries: nats a token for the known correction. */
  CORRECTION_CROSS_ENTROPY;

  /** Name in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
