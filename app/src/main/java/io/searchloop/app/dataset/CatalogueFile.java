package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue of a dataset: one JSON object a line, each id once. */
final class CatalogueFile {
  static final String NAME = "products.jsonl.gz";

  private CatalogueFile() {}

  /**
   * Products by id, in the order of the file. Lines that cannot be used become problems.
   *
   * @throws UnreadableDatasetException when the file is missing or holds no product
   */
  static Map<String, Product> read(DatasetFiles files, Problems.Log problems) {
    Map<String, Product> products = new LinkedHashMap<>();
    files.lines(
        NAME,
        (line, text) -> {
          try {
            Product product = ProductLine.parse(text);
            if (products.putIfAbsent(product.id(), product) != null) {
              problems.add(NAME, line, "id " + product.id() + " again", "each id once");
            }
          } catch (IllegalArgumentException e) {
            problems.add(
                NAME, line, String.valueOf(e.getMessage()), "a JSON object with id and title");
          }
        });
    if (products.isEmpty()) {
      throw files.empty(NAME, "one JSON object a line with id and title");
    }
    return products;
  }
}
