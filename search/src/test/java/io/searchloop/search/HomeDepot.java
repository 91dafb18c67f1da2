package io.searchloop.search;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.search.engine.Product;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Home Depot products, queries as typed and human judgments (grade 1 to 3), read where they lie.
 *
 * @param queries text by query id
 * @param grades grade by product id, by query id
 * @param misspelt ids of the queries for which a commercial engine suggested a correction
 */
record HomeDepot(
    List<Product> products,
    Map<String, String> queries,
    Map<String, Map<String, Double>> grades,
    Set<String> misspelt) {

  static Path directory() {
    return Path.of(System.getProperty("searchloop.data", "../../shared/data"), "homedepot");
  }

  static HomeDepot read() throws IOException {
    return new HomeDepot(
        readProducts(),
        rows("queries.tsv").stream().collect(toMap(row -> row[0], row -> row[1])),
        rows("judgments.tsv").stream()
            .collect(
                groupingBy(
                    row -> row[0],
                    TreeMap::new,
                    toMap(row -> row[1], row -> Double.parseDouble(row[2])))),
        rows("corrections.tsv").stream()
            .map(row -> row[2])
            .filter(id -> !id.isEmpty())
            .collect(toSet()));
  }

  /** Gain by product: grade - 1, so that an irrelevant product gains nothing. */
  Map<String, Double> gains(String queryId) {
    Map<String, Double> gains = new TreeMap<>(grades.getOrDefault(queryId, Map.of()));
    gains.replaceAll((product, grade) -> grade - 1);
    return gains;
  }

  /** Products of grade 2.33 and more: most raters found them perfect or nearly so. */
  Set<String> relevant(String queryId) {
    return grades.getOrDefault(queryId, Map.of()).entrySet().stream()
        .filter(judgment -> judgment.getValue() >= 2.33)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  private static List<Product> readProducts() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Product> products = new ArrayList<>();
    Path file = directory().resolve("products.jsonl.gz");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        products.add(product(json.readTree(line)));
      }
    }
    return products;
  }

  private static Product product(JsonNode node) {
    Map<String, String> attributes = new TreeMap<>();
    node.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText("")));
    return new Product(
        node.path("id").asText(),
        node.path("title").asText(""),
        node.path("description").asText(""),
        node.path("category").asText(""),
        node.path("brand").asText(""),
        attributes);
  }

  private static List<String[]> rows(String file) throws IOException {
    try (var lines = Files.lines(directory().resolve(file))) {
      return lines.skip(1).map(line -> line.split("\t", -1)).toList();
    }
  }
}
