package io.searchloop.app.study;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.PairedBootstrap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What one policy answered, query by query. Filled by one thread, then read.
 *
 * <p>Queries that a measure says nothing of, such as well-spelt ones of corrections, hold NaN: the
 * same ones on every sheet of an exam.
 */
final class ExamSheet {
  private static final int RESAMPLES = 1_000;

  private final Map<ExamMeasure, double[]> marks = new EnumMap<>(ExamMeasure.class);
  private final Map<String, String> answers = new HashMap<>();
  private final double[] milliseconds;

  ExamSheet(int queries) {
    milliseconds = new double[queries];
    for (ExamMeasure measure : ExamMeasure.values()) {
      double[] unmarked = new double[queries];
      Arrays.fill(unmarked, Double.NaN);
      marks.put(measure, unmarked);
    }
  }

  void answered(int index, String query, Optional<String> answer, double millis) {
    answer.ifPresent(text -> answers.put(query, text));
    milliseconds[index] = millis;
  }

  void mark(int index, ExamMeasure measure, double value) {
    Objects.requireNonNull(marks.get(measure))[index] = value;
  }

  /** The answer; empty when it broke the format. */
  Optional<String> answer(String query) {
    return Optional.ofNullable(answers.get(query));
  }

  /** The rewrite as it is served: an invalid answer leaves the query as typed. */
  String rewrite(String query) {
    return answer(query).orElseGet(() -> QueryText.normalise(query));
  }

  /** Median time of an answer. */
  double medianMs() {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  /** Mean over the queries that the measure is of; NaN when it is of none. */
  double mean(ExamMeasure measure) {
    return Arrays.stream(marked(measure)).average().orElse(Double.NaN);
  }

  /**
   * Mean difference to another sheet of the exam, with its 95 % paired bootstrap interval.
   *
   * @throws IllegalStateException when the measure is of other queries there
   */
  Interval difference(ExamMeasure measure, ExamSheet baseline, long seed) {
    if (!Arrays.equals(unmarked(measure), baseline.unmarked(measure))) {
      throw new IllegalStateException(
          "Sheets have %d and %d marks of %s, expected marks of the same queries. Mark a query on every sheet or on none."
              .formatted(queries(measure), baseline.queries(measure), measure.key()));
    }
    return PairedBootstrap.difference(
        marked(measure), baseline.marked(measure), RESAMPLES, new Random(seed));
  }

  /** How many queries a measure is of. */
  int queries(ExamMeasure measure) {
    return marked(measure).length;
  }

  private int[] unmarked(ExamMeasure measure) {
    double[] all = Objects.requireNonNull(marks.get(measure));
    return IntStream.range(0, all.length).filter(i -> Double.isNaN(all[i])).toArray();
  }

  private double[] marked(ExamMeasure measure) {
    return Arrays.stream(Objects.requireNonNull(marks.get(measure)))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }
}
