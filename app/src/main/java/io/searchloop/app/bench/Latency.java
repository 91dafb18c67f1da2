package io.searchloop.app.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long something took, over many times: nearest-rank percentiles, in seconds.
 *
 * @param count how many
 */
public record Latency(int count, double p50, double p90, double p95, double p99, double max) {
  private static final double MILLIS = 1e3;

  /**
   * Sums up durations.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Latency of(List<Duration> durations) {
    if (durations.isEmpty()) {
      throw new IllegalArgumentException("No duration to sum up, expected one at least.");
    }
    List<Duration> sorted = durations.stream().sorted().toList();
    return new Latency(
        sorted.size(),
        rank(sorted, .5),
        rank(sorted, .9),
        rank(sorted, .95),
        rank(sorted, .99),
        rank(sorted, 1));
  }

  private static double rank(List<Duration> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1).toMillis() / MILLIS;
  }

  /** For a table: median, 95 % and 99 %, most. */
  public String row(String name) {
    return "%-18s %8.2f %8.2f %8.2f %8.2f".formatted(name, p50, p95, p99, max);
  }
}
