package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Amazon's Shopping Queries Dataset (Reddy et al., arXiv 2206.06588), parquet: the English part of
 * its smaller version, and as catalogue the products judged in it. Gains: Exact 1, Substitute .1,
 * Complement .01, Irrelevant 0; recall counts Exact. The split that the authors made is not used:
 * near duplicates are on both sides of it.
 */
final class EsciFiles implements DatasetSource {
  static final String EXAMPLES = "shopping_queries_dataset_examples.parquet";
  static final String PRODUCTS = "shopping_queries_dataset_products.parquet";

  private static final String LOCALE = "us";
  private static final Map<String, Double> GAINS = Map.of("E", 1.0, "S", .1, "C", .01, "I", 0.0);

  private final Path directory;
  private final Problems.Log problems;
  private final List<Example> examples = new ArrayList<>();

  EsciFiles(Path directory, Problems.Log problems) {
    this.directory = directory;
    this.problems = problems;
  }

  @Override
  public Map<String, Product> products() {
    readExamples();
    Set<String> judged = new HashSet<>();
    examples.forEach(example -> judged.add(example.product()));
    Map<String, Product> products = new LinkedHashMap<>();
    ParquetRows.read(
        directory.resolve(PRODUCTS),
        List.of("product_id", "product_title", "product_locale"),
        (row, cells) -> {
          String id = cells.getOrDefault("product_id", "");
          if (LOCALE.equals(cells.get("product_locale")) && judged.contains(id)) {
            products.put(id, product(id, cells));
          }
        });
    if (products.isEmpty()) {
      throw new UnreadableDatasetException(
          "Dataset file %s holds none of the products judged in %s. Fetch both again."
              .formatted(directory.resolve(PRODUCTS), EXAMPLES));
    }
    return products;
  }

  @Override
  public Judgments judgments(Map<String, Product> products) {
    Judgments read = new Judgments();
    for (Example example : examples) {
      if (products.containsKey(example.product())) {
        read.query(example.queryId(), example.query());
        read.grade(example.queryId(), example.product(), example.gain());
      } else {
        String found = "product_id '" + example.product() + "'";
        problems.add(EXAMPLES, example.row(), found, "one of " + PRODUCTS);
      }
    }
    return read;
  }

  @Override
  public Optional<GradeScale> scale() {
    return Optional.of(GradeScale.EXACT_ONLY);
  }

  private void readExamples() {
    ParquetRows.read(
        directory.resolve(EXAMPLES),
        List.of("query_id", "query", "product_id", "product_locale", "esci_label"),
        (row, cells) -> {
          boolean small = cells.getOrDefault("small_version", "1").equals("1");
          if (small && LOCALE.equals(cells.get("product_locale"))) {
            add(row, cells);
          }
        });
    if (examples.isEmpty()) {
      throw new UnreadableDatasetException(
          "Dataset file %s holds no usable row of locale %s, expected query_id, query, product_id, esci_label."
              .formatted(directory.resolve(EXAMPLES), LOCALE));
    }
  }

  private void add(long row, Map<String, String> cells) {
    String query = cells.getOrDefault("query", "").strip();
    String product = cells.getOrDefault("product_id", "");
    String label = cells.getOrDefault("esci_label", "");
    Double gain = GAINS.get(label);
    if (query.isEmpty() || product.isEmpty() || !cells.containsKey("query_id")) {
      problems.add(EXAMPLES, row, "an empty cell", "query_id, query and product_id");
    } else if (gain == null) {
      problems.add(EXAMPLES, row, "esci_label '" + label + "'", "E, S, C or I");
    } else {
      examples.add(new Example(row, String.valueOf(cells.get("query_id")), query, product, gain));
    }
  }

  private static Product product(String id, Map<String, String> cells) {
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "bullet points", cells.get("product_bullet_point"));
    put(attributes, "colour", cells.get("product_color"));
    return new Product(
        id,
        cells.getOrDefault("product_title", ""),
        cells.getOrDefault("product_description", ""),
        "",
        cells.getOrDefault("product_brand", ""),
        attributes);
  }

  private static void put(Map<String, String> attributes, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      attributes.put(name, value);
    }
  }

  /** One judgment. */
  private record Example(long row, String queryId, String query, String product, double gain) {}
}
