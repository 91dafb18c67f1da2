package io.searchloop.app.bench.serving;

import java.time.Duration;
import java.util.List;

/**
 * What serving is measured with.
 *
 * @param rounds how often each cell is measured, in turns
 * @param cell how long each time
 * @param concurrency askers at once
 * @param candidates rollouts a query
 * @param http whether to measure worker processes over HTTP too
 * @param workerWarmUp rounds before the first that counts for a worker: a new process compiles for
 *     a minute, and its figures rise threefold meanwhile
 * @param small a policy of a few thousand weights instead of the demo's size
 */
public record ServingPlan(
    int rounds,
    Duration cell,
    List<Integer> concurrency,
    List<Integer> candidates,
    boolean http,
    int workerWarmUp,
    boolean small) {
  public ServingPlan {
    concurrency = List.copyOf(concurrency);
    candidates = List.copyOf(candidates);
    if (rounds < 1 || cell.isNegative() || concurrency.isEmpty() || candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "%d rounds of %s with concurrency %s and candidates %s, expected one at least of each."
              .formatted(rounds, cell, concurrency, candidates));
    }
  }

  /** Measures. */
  public static ServingPlan full(int rounds, Duration cell, boolean http) {
    return new ServingPlan(rounds, cell, List.of(1, 8, 32), List.of(1, 4), http, 5, false);
  }

  /** Shows that everything works, not how fast. */
  public static ServingPlan quick() {
    return new ServingPlan(2, Duration.ofMillis(50), List.of(1, 8), List.of(1, 2), true, 1, true);
  }
}
