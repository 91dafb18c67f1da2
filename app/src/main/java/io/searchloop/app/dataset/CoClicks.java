package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.trainer.warmstart.QueryGraph;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What shoppers of the past typed elsewhere to reach the same products: the only hint a warm start
 * has about words that the catalogue never uses. Co-clicks are noisy, a hint and no more.
 *
 * @param counts normalised query to target text to number of co-clicks
 */
public record CoClicks(Map<String, Map<String, Integer>> counts) {
  /** No history. */
  public static final CoClicks NONE = new CoClicks(Map.of());

  private static final int TARGETS_PER_QUERY = 5;

  public CoClicks {
    Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
    counts.forEach(
        (query, targets) ->
            copy.put(
                QueryText.normalise(query),
                Collections.unmodifiableMap(new LinkedHashMap<>(targets))));
    counts = Collections.unmodifiableMap(copy);
  }

  /** Targets of a query with their counts; empty when it has no history. */
  public Map<String, Integer> of(String query) {
    return counts.getOrDefault(QueryText.normalise(query), Map.of());
  }

  /** The same without texts that are not there, as queries and as targets. */
  CoClicks among(Predicate<String> there) {
    Map<String, Map<String, Integer>> left = new LinkedHashMap<>();
    counts.forEach(
        (query, targets) -> {
          Map<String, Integer> kept = new LinkedHashMap<>(targets);
          kept.keySet().removeIf(there.negate());
          if (there.test(query) && !kept.isEmpty()) {
            left.put(query, kept);
          }
        });
    return new CoClicks(left);
  }

  /**
   * Queries that reached the same products; of each the {@value #TARGETS_PER_QUERY} strongest.
   *
   * @param threshold k: products that two queries must share
   */
  static CoClicks of(QueryGraph graph, int threshold) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (WeightedPair pair : graph.pairs(threshold)) {
      Map<String, Integer> targets =
          counts.computeIfAbsent(pair.source(), query -> new LinkedHashMap<>());
      if (targets.size() < TARGETS_PER_QUERY) { // heaviest come first
        targets.put(pair.target(), (int) pair.weight());
      }
    }
    return new CoClicks(counts);
  }
}
