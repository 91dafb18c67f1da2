package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What shoppers of the past typed elsewhere to reach the same products: the only hint a warm start
 * has about words that the catalogue never uses. Co-clicks are noisy, a hint and no more.
 *
 * @param counts normalised query to target text to number of co-clicks
 */
public record CoClicks(Map<String, Map<String, Integer>> counts) {
  /** No history. */
  public static final CoClicks NONE = new CoClicks(Map.of());

  private static final int QUERIES_PER_PRODUCT = 50;
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

  /**
   * Joins queries that reached the same product. The count of a pair is the sum over products of
   * the smaller of both counts. Bounded: the {@value #QUERIES_PER_PRODUCT} strongest queries of a
   * product, the {@value #TARGETS_PER_QUERY} strongest targets of a query.
   *
   * @param clicks normalised query to product id to clicks
   */
  static CoClicks throughProducts(Map<String, Map<String, Integer>> clicks) {
    Map<String, Map<String, Integer>> queriesOfProduct = new TreeMap<>();
    clicks.forEach(
        (query, products) ->
            products.forEach(
                (product, count) ->
                    queriesOfProduct
                        .computeIfAbsent(product, p -> new TreeMap<>())
                        .merge(query, count, Integer::sum)));
    Map<String, Map<String, Integer>> pairs = new TreeMap<>();
    for (Map<String, Integer> queries : queriesOfProduct.values()) {
      List<Map.Entry<String, Integer>> strongest = strongest(queries, QUERIES_PER_PRODUCT);
      for (Map.Entry<String, Integer> from : strongest) {
        for (Map.Entry<String, Integer> to : strongest) {
          if (!from.getKey().equals(to.getKey())) {
            pairs
                .computeIfAbsent(from.getKey(), q -> new TreeMap<>())
                .merge(to.getKey(), Math.min(from.getValue(), to.getValue()), Integer::sum);
          }
        }
      }
    }
    pairs.replaceAll((query, targets) -> toMap(strongest(targets, TARGETS_PER_QUERY)));
    return new CoClicks(pairs);
  }

  /** Highest counts first, ties in alphabetical order. */
  private static List<Map.Entry<String, Integer>> strongest(Map<String, Integer> counts, int n) {
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return List.copyOf(entries.subList(0, Math.min(n, entries.size())));
  }

  private static Map<String, Integer> toMap(List<Map.Entry<String, Integer>> entries) {
    Map<String, Integer> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }
}
