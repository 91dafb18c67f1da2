package io.searchloop.app.study.sessions;

import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.PairedBootstrap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What one rewriter came to, session by session. Filled by one thread, then read. */
final class SessionSheet {
  private static final int RESAMPLES = 1_000;

  private final Map<SessionMeasure, double[]> marks = new EnumMap<>(SessionMeasure.class);

  SessionSheet(int sessions) {
    for (SessionMeasure measure : SessionMeasure.values()) {
      marks.put(measure, new double[sessions]);
    }
  }

  void mark(int session, SessionMeasure measure, double value) {
    Objects.requireNonNull(marks.get(measure))[session] = value;
  }

  /** Mean over some of the sessions, at least one. */
  double mean(SessionMeasure measure, int[] sessions) {
    return Arrays.stream(of(measure, sessions)).average().orElseThrow();
  }

  /** Mean difference to another sheet of the exam, with its 95 % paired bootstrap interval. */
  Interval difference(SessionMeasure measure, SessionSheet baseline, int[] sessions, long seed) {
    return PairedBootstrap.difference(
        of(measure, sessions), baseline.of(measure, sessions), RESAMPLES, new Random(seed));
  }

  private double[] of(SessionMeasure measure, int[] sessions) {
    double[] values = Objects.requireNonNull(marks.get(measure));
    return Arrays.stream(sessions).mapToDouble(i -> values[i]).toArray();
  }
}
