package io.searchloop.app.bench.serving;

import java.util.Arrays;
import java.util.List;

/**
 * What a stretch of load came to: nearest-rank percentiles.
 *
 * @param requests answered
 * @param failed of them without the answer asked for
 * @param perSecond answered a second
 * @param p50Millis half took at most this
 * @param p99Millis all but one in a hundred took at most this
 * @param maxMillis the longest
 */
public record LoadFigures(
    int requests,
    int failed,
    double perSecond,
    double p50Millis,
    double p99Millis,
    double maxMillis) {
  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;

  /**
   * Sums up.
   *
   * @throws IllegalArgumentException when nothing was answered
   */
  static LoadFigures of(List<Long> nanos, int failed, long elapsedNanos) {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("No request was answered, expected one at least.");
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new LoadFigures(
        sorted.length,
        failed,
        sorted.length * BILLION / elapsedNanos,
        percentile(sorted, .5),
        percentile(sorted, .99),
        percentile(sorted, 1));
  }

  /** Nearest-rank percentile of durations, in milliseconds. */
  static double percentile(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / MILLION;
  }
}
