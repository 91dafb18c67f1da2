package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A shop with ground truth: its catalogue, the queries its shoppers type, and the products that
 * people judged to fit each.
 *
 * @param name short name for reports
 * @param products the catalogue
 * @param queries judged queries of both splits, most popular first
 * @param scale what the grades are worth
 * @param corrections misspelt query to corrected query; empty where none are known
 * @param coClicks which other texts led to the same products in the past; noisy
 * @param problems lines that could not be used
 * @param split which queries are learned from and which are judged
 */
public record Dataset(
    String name,
    List<Product> products,
    List<JudgedQuery> queries,
    GradeScale scale,
    Map<String, String> corrections,
    CoClicks coClicks,
    Problems problems,
    QuerySplit split) {
  public Dataset {
    products = List.copyOf(products);
    queries = List.copyOf(queries);
    corrections = Collections.unmodifiableMap(new LinkedHashMap<>(corrections));
  }

  /** The queries on one side of the split, most popular first. */
  public List<JudgedQuery> queries(Split side) {
    return queries.stream().filter(query -> split.of(query.text()) == side).toList();
  }

  /** The same without some queries and all near duplicates of them. */
  public Dataset without(List<JudgedQuery> others) {
    Set<String> clusters = new HashSet<>();
    others.forEach(query -> clusters.add(split.cluster(query.text())));
    List<JudgedQuery> left =
        queries.stream().filter(query -> !clusters.contains(split.cluster(query.text()))).toList();
    return new Dataset(name, products, left, scale, corrections, coClicks, problems, split);
  }

  /** Gain of every judged product of a query, zero gains included. */
  public Map<String, Double> gains(JudgedQuery query) {
    Map<String, Double> gains = new HashMap<>();
    query.grades().forEach((product, grade) -> gains.put(product, scale.gain(grade)));
    return gains;
  }

  /** Products that recall counts for a query. */
  public Set<String> relevant(JudgedQuery query) {
    Set<String> relevant = new TreeSet<>();
    query
        .grades()
        .forEach(
            (product, grade) -> {
              if (scale.isRelevant(grade)) {
                relevant.add(product);
              }
            });
    return relevant;
  }
}
