package io.searchloop.search.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the first results of a query say of themselves, for the prompt of a policy. LESER (arXiv
 * 2509.05570) shows the policy the attributes of the top k, so that it can see what the engine
 * understood. Training and serving both ask here, or their prompts would differ.
 */
public final class ProductNotes {
  private ProductNotes() {}

  /**
   * Notes of the first results for a query as typed, best first.
   *
   * @param products k; 0 searches nothing
   */
  public static List<String> top(SearchEngine engine, String query, int products) {
    if (products == 0) {
      return List.of();
    }
    return engine.search(SearchQuery.identity(query), products).productIds().stream()
        .flatMap(id -> engine.product(id).stream())
        .map(ProductNotes::of)
        .toList();
  }

  /**
   * One product: brand, category, attribute values and title, in this order, because the end is
   * what a full prompt loses. Example: brand "behr", no category, attribute "interior", title
   * "premium paint" give "behr interior premium paint".
   */
  public static String of(Product product) {
    return Stream.of(
            Stream.of(product.brand(), product.category()),
            product.attributes().values().stream(),
            Stream.of(product.title()))
        .flatMap(texts -> texts)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(" "));
  }
}
