package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WANDS (Chen et al., "WANDS: Dataset for Product Search Relevance Assessment", ECIR 2022): {@code
 * product.csv}, {@code query.csv}, {@code label.csv}, tab-separated in spite of their names. Gains
 * are those of its authors: Exact 1, Partial .5, Irrelevant 0; recall counts Exact.
 */
final class WandsFiles implements DatasetSource {
  static final String LABELS = "label.csv";
  static final String PRODUCTS = "product.csv";
  static final String QUERIES = "query.csv";

  private static final Map<String, Double> GRADES =
      Map.of("Exact", 1.0, "Partial", .5, "Irrelevant", 0.0);

  private final CsvRows rows;
  private final Problems.Log problems;

  WandsFiles(CsvRows rows, Problems.Log problems) {
    this.rows = rows;
    this.problems = problems;
  }

  @Override
  public Map<String, Product> products() {
    Map<String, Product> products = new LinkedHashMap<>();
    rows.read(
        PRODUCTS,
        StandardCharsets.UTF_8,
        '\t',
        List.of(
            "product_id",
            "product_name",
            "product_class",
            "category hierarchy",
            "product_description",
            "product_features"),
        (line, cells) -> {
          if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            problems.add(PRODUCTS, line, "an empty cell", "product_id and product_name");
            return;
          }
          Product product =
              new Product(
                  cells.get(0), cells.get(1), cells.get(4), category(cells), "", features(cells));
          if (products.putIfAbsent(product.id(), product) != null) {
            problems.add(PRODUCTS, line, "product_id " + product.id() + " again", "each id once");
          }
        });
    return products;
  }

  @Override
  public Judgments judgments(Map<String, Product> products) {
    Judgments read = new Judgments();
    rows.read(
        QUERIES,
        StandardCharsets.UTF_8,
        '\t',
        List.of("query_id", "query"),
        (line, cells) -> {
          if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            problems.add(QUERIES, line, "an empty cell", "query_id and query");
          } else if (!read.query(cells.get(0), cells.get(1))) {
            problems.add(QUERIES, line, "query_id " + cells.get(0) + " again", "each id once");
          }
        });
    rows.read(
        LABELS,
        StandardCharsets.UTF_8,
        '\t',
        List.of("query_id", "product_id", "label"),
        (line, cells) -> label(line, cells, read, products));
    return read;
  }

  @Override
  public Optional<GradeScale> scale() {
    return Optional.of(GradeScale.EXACT_ONLY);
  }

  private void label(long line, List<String> cells, Judgments read, Map<String, Product> products) {
    Double grade = GRADES.get(cells.get(2));
    if (!read.knows(cells.get(0))) {
      problems.add(LABELS, line, "query_id '" + cells.get(0) + "'", "one of " + QUERIES);
    } else if (!products.containsKey(cells.get(1))) {
      problems.add(LABELS, line, "product_id '" + cells.get(1) + "'", "one of " + PRODUCTS);
    } else if (grade == null) {
      problems.add(LABELS, line, "label '" + cells.get(2) + "'", "Exact, Partial or Irrelevant");
    } else {
      read.grade(cells.get(0), cells.get(1), grade);
    }
  }

  private static String category(List<String> cells) {
    return (cells.get(2) + " " + cells.get(3)).strip();
  }

  /** Features are written {@code name : value | name : value}. */
  private static Map<String, String> features(List<String> cells) {
    Map<String, String> features = new LinkedHashMap<>();
    for (String feature : cells.get(5).split("\\|")) {
      String[] parts = feature.split(":", 2);
      if (parts.length == 2 && !parts[1].isBlank()) {
        features.merge(parts[0].strip(), parts[1].strip(), (one, other) -> one + ", " + other);
      }
    }
    return features;
  }
}
