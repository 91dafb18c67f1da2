package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Home Depot's competition as Kaggle publishes it: {@code train.csv} in Latin-1 (id, product_uid,
 * product_title, search_term, relevance), {@code product_descriptions.csv}, {@code attributes.csv},
 * and titles of further products in {@code test.csv} where it is there. Grades 1..3 are the mean of
 * raters. A query's id is {@code hd} and its number in the order of train.csv.
 */
final class HomeDepotFiles implements DatasetSource {
  static final String TRAIN = "train.csv";
  static final String DESCRIPTIONS = "product_descriptions.csv";
  private static final String TEST = "test.csv";
  private static final String ATTRIBUTES = "attributes.csv";
  private static final String BRAND = "MFG Brand Name";
  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  private final Path directory;
  private final CsvRows rows;
  private final Problems.Log problems;

  HomeDepotFiles(Path directory, CsvRows rows, Problems.Log problems) {
    this.directory = directory;
    this.rows = rows;
    this.problems = problems;
  }

  @Override
  public Map<String, Product> products() {
    Map<String, String> titles = new HashMap<>();
    List<String> columns = List.of("product_uid", "product_title");
    rows.read(TRAIN, LATIN, ',', columns, (line, cells) -> titles.put(cells.get(0), cells.get(1)));
    if (Files.exists(directory.resolve(TEST))) {
      rows.read(TEST, LATIN, ',', columns, (line, cells) -> titles.put(cells.get(0), cells.get(1)));
    }
    Map<String, Map<String, String>> attributes = attributes();
    Map<String, Product> products = new LinkedHashMap<>();
    rows.read(
        DESCRIPTIONS,
        StandardCharsets.UTF_8,
        ',',
        List.of("product_uid", "product_description"),
        (line, cells) -> {
          String id = cells.get(0);
          if (id.isEmpty()) {
            problems.add(DESCRIPTIONS, line, "an empty product_uid", "an id");
            return;
          }
          Map<String, String> own = new LinkedHashMap<>(attributes.getOrDefault(id, Map.of()));
          String brand = Optional.ofNullable(own.remove(BRAND)).orElse("");
          String title = titles.getOrDefault(id, "");
          products.put(id, new Product(id, title, cells.get(1), "", brand, own));
        });
    return products;
  }

  @Override
  public Judgments judgments(Map<String, Product> products) {
    Judgments read = new Judgments();
    Map<String, String> ids = new HashMap<>();
    rows.read(
        TRAIN,
        LATIN,
        ',',
        List.of("product_uid", "search_term", "relevance"),
        (line, cells) -> {
          String text = cells.get(1);
          if (text.isEmpty()) {
            problems.add(TRAIN, line, "an empty search_term", "a query");
          } else if (!products.containsKey(cells.get(0))) {
            problems.add(
                TRAIN, line, "product_uid '" + cells.get(0) + "'", "one of " + DESCRIPTIONS);
          } else {
            Grades.parse(cells.get(2))
                .ifPresentOrElse(
                    grade -> {
                      String id = ids.computeIfAbsent(text, t -> "hd" + (ids.size() + 1));
                      read.query(id, text);
                      read.grade(id, cells.get(0), grade);
                    },
                    () ->
                        problems.add(TRAIN, line, "relevance '" + cells.get(2) + "'", "a number"));
          }
        });
    return read;
  }

  @Override
  public Optional<GradeScale> scale() {
    return Optional.of(GradeScale.FROM_ONE);
  }

  /** By product; the file is optional and has rows without a product, which mean nothing. */
  private Map<String, Map<String, String>> attributes() {
    Map<String, Map<String, String>> attributes = new HashMap<>();
    if (Files.exists(directory.resolve(ATTRIBUTES))) {
      rows.read(
          ATTRIBUTES,
          StandardCharsets.UTF_8,
          ',',
          List.of("product_uid", "name", "value"),
          (line, cells) -> {
            if (!cells.get(0).isEmpty() && !cells.get(2).isEmpty()) {
              attributes
                  .computeIfAbsent(cells.get(0), id -> new LinkedHashMap<>())
                  .put(cells.get(1), cells.get(2));
            }
          });
    }
    return attributes;
  }
}
