package io.searchloop.app.relevance;

import io.searchloop.search.engine.IndexTerms;
import io.searchloop.search.engine.Product;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A catalogue seen from its products: which words each has, field by field, where an index knows
 * which products have a word. Features ask for the words of three hundred products a query; an
 * index would have to be searched field by field. Words are analysed as the engine analyses them.
 * Immutable; any thread.
 */
final class CatalogueTerms {
  /** Number of a word that no product has. */
  static final int UNKNOWN = -1;

  private final IndexTerms analysis;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, ProductWords> products = new LinkedHashMap<>();
  private final int[] documents;
  private final double[] words = new double[ProductField.values().length];

  /**
   * @param catalogue of products with the same id the last one counts
   * @param analysis the engine's
   */
  CatalogueTerms(Iterable<Product> catalogue, IndexTerms analysis) {
    this.analysis = analysis;
    catalogue.forEach(product -> products.put(product.id(), read(product)));
    this.documents = new int[numbers.size()];
    products.values().forEach(this::count);
  }

  Optional<ProductWords> product(String id) {
    return Optional.ofNullable(products.get(id));
  }

  /** Words of a text; {@link #UNKNOWN} for those that no product has, which are alike by that. */
  Words words(String text) {
    return new Words(
        analysis.of(text).stream().mapToInt(term -> numbers.getOrDefault(term, UNKNOWN)).toArray());
  }

  /**
   * How rare a word is, as BM25 has it: ln(1 + (N - df + .5) / (df + .5)). Example: 3 of 100
   * products have it: ln(1 + 97.5 / 3.5) = 3.36.
   */
  double idf(int word) {
    int with = word == UNKNOWN ? 0 : documents[word];
    return Math.log1p((products.size() - with + .5) / (with + .5));
  }

  /** Mean number of words in a field. */
  double meanLength(ProductField field) {
    return words[field.ordinal()] / Math.max(1, products.size());
  }

  private ProductWords read(Product product) {
    Map<ProductField, Words> fields = new EnumMap<>(ProductField.class);
    for (ProductField field : ProductField.values()) {
      int[] found = analysis.of(field.of(product)).stream().mapToInt(this::number).toArray();
      fields.put(field, new Words(found));
    }
    return new ProductWords(fields, Characters.of(product.title() + " " + product.brand()));
  }

  private int number(String term) {
    return numbers.computeIfAbsent(term, unknown -> numbers.size());
  }

  private void count(ProductWords product) {
    product.fields().forEach((field, found) -> words[field.ordinal()] += found.length());
    product.fields().values().stream()
        .flatMapToInt(found -> Arrays.stream(found.distinct()))
        .distinct()
        .forEach(word -> documents[word]++);
  }
}
