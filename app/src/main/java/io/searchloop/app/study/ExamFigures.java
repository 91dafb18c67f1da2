package io.searchloop.app.study;

import io.searchloop.search.evaluation.Interval;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one policy came to in an exam.
 *
 * @param policy its name
 * @param parameters weights of its network
 * @param medianMs median time of a greedy answer, one thread
 * @param marks figures by {@link ExamMeasure#key}
 */
public record ExamFigures(
    String policy, long parameters, double medianMs, Map<String, Mark> marks) {
  public ExamFigures {
    marks = new TreeMap<>(marks);
  }

  /**
   * A mean over queries.
   *
   * @param value the mean
   * @param queries how many
   * @param toSft difference to more supervised steps, 95 % paired bootstrap interval
   */
  public record Mark(double value, int queries, Interval toSft) {}

  static ExamFigures of(
      String policy, long parameters, ExamSheet sheet, ExamSheet sft, long bootstrap) {
    Map<String, Mark> marks = new TreeMap<>();
    for (ExamMeasure measure : ExamMeasure.values()) {
      if (sheet.queries(measure) > 0) {
        marks.put(
            measure.key(),
            new Mark(
                sheet.mean(measure),
                sheet.queries(measure),
                sheet.difference(measure, sft, bootstrap)));
      }
    }
    return new ExamFigures(policy, parameters, sheet.medianMs(), marks);
  }

  /**
   * A figure.
   *
   * @throws IllegalArgumentException when no query of the exam could tell
   */
  Mark of(ExamMeasure measure) {
    Mark mark = marks.get(measure.key());
    if (mark == null) {
      throw new IllegalArgumentException(
          "No query told %s of policy %s, found %s."
              .formatted(measure.key(), policy, marks.keySet()));
    }
    return mark;
  }
}
