package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Query-to-query pairs from a bipartite graph of queries and the products that were clicked or
 * judged relevant for them: two queries that share at least k products may stand for each other
 * (MiniELM, arXiv 2501.18056, on ESCI's exact judgments).
 *
 * <p>Leakage rule: a held-out query is not in the graph at all, so it is neither source nor target
 * of a pair, nor a bridge to one. Every pair stands in both directions; a pair's weight is the sum
 * over shared products of the smaller of both counts. Example: q1 and q2 share products a (counts
 * 3, 2) and b (1, 1): two shared products, weight 2 + 1 = 3.
 *
 * <p>A product joins its {@value #QUERIES_PER_PRODUCT} strongest queries only: one that everybody
 * buys says little and would cost a square. Immutable.
 */
public final class QueryGraph {
  private static final int QUERIES_PER_PRODUCT = 50;

  /** What two queries share. */
  private record Bond(int products, double weight) {
    Bond plus(Bond other) {
      return new Bond(products + other.products, weight + other.weight);
    }
  }

  private final Map<String, Map<String, Bond>> bonds = new TreeMap<>();
  private final int heldOut;

  /**
   * @param edges query to product to clicks, or to 1 for a product judged relevant
   * @param heldOut which normalised queries may not take part
   */
  public QueryGraph(Map<String, Map<String, Integer>> edges, Predicate<String> heldOut) {
    Map<String, Map<String, Integer>> queriesOfProduct = new TreeMap<>();
    int left = 0;
    for (Map.Entry<String, Map<String, Integer>> entry : edges.entrySet()) {
      String query = QueryText.normalise(entry.getKey());
      if (query.isEmpty() || heldOut.test(query)) {
        left++;
        continue;
      }
      entry
          .getValue()
          .forEach(
              (product, count) ->
                  queriesOfProduct
                      .computeIfAbsent(product, p -> new TreeMap<>())
                      .merge(query, count, Integer::sum));
    }
    this.heldOut = left;
    queriesOfProduct.values().forEach(this::join);
  }

  /**
   * Pairs that share at least {@code threshold} products, by source, then heaviest first.
   *
   * @param threshold k, at least one
   */
  public List<WeightedPair> pairs(int threshold) {
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold k is " + threshold + ", expected at least 1");
    }
    List<WeightedPair> pairs = new ArrayList<>();
    bonds.forEach(
        (source, targets) ->
            targets.entrySet().stream()
                .filter(target -> target.getValue().products() >= threshold)
                .map(
                    target -> new WeightedPair(source, target.getKey(), target.getValue().weight()))
                .sorted(
                    Comparator.comparingDouble(WeightedPair::weight)
                        .reversed()
                        .thenComparing(WeightedPair::target))
                .forEach(pairs::add));
    return pairs;
  }

  /** Number of pairs at each threshold from 1 up to the highest that has any. */
  public Map<Integer, Long> pairsByThreshold() {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Map<String, Bond> targets : bonds.values()) {
      for (Bond bond : targets.values()) {
        for (int k = 1; k <= bond.products(); k++) {
          counts.merge(k, 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  /** Queries that the leakage rule, or an empty text, kept out. */
  public int heldOut() {
    return heldOut;
  }

  private void join(Map<String, Integer> queries) {
    List<Map.Entry<String, Integer>> strongest =
        queries.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(QUERIES_PER_PRODUCT)
            .toList();
    for (Map.Entry<String, Integer> from : strongest) {
      for (Map.Entry<String, Integer> to : strongest) {
        if (!from.getKey().equals(to.getKey())) {
          bonds
              .computeIfAbsent(from.getKey(), query -> new TreeMap<>())
              .merge(
                  to.getKey(), new Bond(1, Math.min(from.getValue(), to.getValue())), Bond::plus);
        }
      }
    }
  }
}
