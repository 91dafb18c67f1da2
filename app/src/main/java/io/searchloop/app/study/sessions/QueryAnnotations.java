package io.searchloop.app.study.sessions;

import io.searchloop.app.dataset.CatalogueChange;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a storefront recognises in a query by its catalogue alone: the commonest kind among the
 * first ten products for it as typed, and the longest brand that it names. One thread.
 */
final class QueryAnnotations {
  private static final int DEPTH = 10;

  private final SearchEngine engine;
  private final List<String> brands;
  private final Map<String, List<String>> known = new HashMap<>();

  /**
   * @param engine index of the products
   */
  QueryAnnotations(SearchEngine engine, List<Product> products) {
    this.engine = engine;
    this.brands =
        products.stream()
            .map(product -> QueryText.normalise(product.brand()))
            .filter(brand -> !brand.isEmpty())
            .distinct()
            .sorted(
                Comparator.comparingInt(String::length)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
  }

  /** Kind, then brand, where there is one: "kind pendant", "brand hampton bay". */
  List<String> of(String query) {
    return known.computeIfAbsent(query, this::recognise);
  }

  private List<String> recognise(String query) {
    List<String> annotations = new ArrayList<>();
    kind(query).ifPresent(kind -> annotations.add("kind " + kind));
    String padded = " " + query + " ";
    brands.stream()
        .filter(brand -> padded.contains(" " + brand + " "))
        .findFirst()
        .ifPresent(brand -> annotations.add("brand " + brand));
    return annotations;
  }

  private Optional<String> kind(String query) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String id : engine.search(SearchQuery.identity(query), DEPTH).productIds()) {
      engine
          .product(id)
          .map(product -> QueryText.normalise(CatalogueChange.kind(product)))
          .filter(kind -> !kind.isEmpty())
          .ifPresent(kind -> counts.merge(kind, 1, Integer::sum));
    }
    // Of equals the one found first.
    return counts.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .map(Map.Entry::getKey);
  }
}
