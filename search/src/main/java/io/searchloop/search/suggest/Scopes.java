package io.searchloop.search.suggest;

import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.query.Remembered;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.suggest.Suggestion.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a suggestion leads: categories and brands among its first {@value #RESULTS} results. Later
 * results of a search that any word suffices for say little of what was meant.
 *
 * <p>A text is searched as it will be once it is chosen, and once for many keystrokes: its scopes
 * are remembered. Any thread.
 */
final class Scopes {
  private static final int RESULTS = 100;
  private static final int MOST_OF_A_FIELD = 3;

  /** Smaller parts are chance finds. */
  private static final double LEAST_SHARE = .1;

  /** Larger parts narrow nothing. */
  private static final double MOST_SHARE = .95;

  private static final int MOST_TEXTS = 10_000;

  private final SearchEngine engine;
  private final ServedSearch search;
  private final Remembered<String, List<Scope>> remembered;

  /**
   * @param search how queries are searched
   */
  Scopes(SearchEngine engine, ServedSearch search) {
    this.engine = engine;
    this.search = search;
    this.remembered = new Remembered<>(MOST_TEXTS, this::find);
  }

  /** Scopes of a text: categories, then brands, each the largest first. */
  List<Scope> of(String text) {
    return remembered.of(text);
  }

  private List<Scope> find(String text) {
    List<Product> found =
        engine.search(search.of(text).unrewritten(), RESULTS).productIds().stream()
            .flatMap(id -> engine.product(id).stream())
            .toList();
    List<Scope> scopes = new ArrayList<>(of("category", found, Product::category));
    scopes.addAll(of("brand", found, Product::brand));
    return List.copyOf(scopes);
  }

  private static List<Scope> of(
      String field, List<Product> found, Function<Product, String> valueOf) {
    Map<String, Integer> products = new HashMap<>();
    found.stream()
        .map(valueOf)
        .filter(value -> !value.isBlank())
        .forEach(value -> products.merge(value, 1, Integer::sum));
    return products.entrySet().stream()
        .filter(part -> part.getValue() >= LEAST_SHARE * found.size())
        .filter(part -> part.getValue() <= MOST_SHARE * found.size())
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_OF_A_FIELD)
        .map(part -> new Scope(field, part.getKey(), part.getValue()))
        .toList();
  }
}
