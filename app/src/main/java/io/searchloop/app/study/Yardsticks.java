package io.searchloop.app.study;

import java.util.Map;

/**
 * What a search is worth, over one catalogue, to shoppers of what does not learn.
 *
 * @param fixed worth by name: what needs no learning, and the frozen warm start
 * @param oracle the best of those for each query apart
 * @param ideal the best pages that judged products of the catalogue can fill
 */
public record Yardsticks(Map<String, Double> fixed, double oracle, double ideal) {
  public Yardsticks {
    fixed = Map.copyOf(fixed);
  }

  /** The best of what does not learn, the same for all queries. */
  double bestFixed() {
    return fixed.values().stream().mapToDouble(worth -> worth).max().orElseThrow();
  }
}
